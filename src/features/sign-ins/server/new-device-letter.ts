import { hashToken } from '#server/auth/caller.ts'
import { newLinkToken } from '#server/auth/accounts.ts'
import type { Language } from '#server/http/problem.ts'
import type { Context } from '#server/http/route.ts'
import { post } from '#server/mail/outbox.ts'
import type { Block } from '#server/mail/compose.ts'
import { describeAgent } from '#features/sign-ins/describe-agent.ts'
import { deviceWords } from './device-words.ts'

type Kernel = Context['kernel']

const linkDays = 7

/**
 * Writes to a person that somebody signed in as him from a browser not seen before, with a link that ends it all. Without the company's
 * mail nothing is sent: the account page asks him.
 */
export async function tellOfNewDevice(
  kernel: Kernel,
  request: Context['request'],
  userId: string,
  eventId: string,
) {
  const reader = await readerOf(kernel, userId)
  if (!reader) return
  const now = kernel.now()
  const expiresAt = new Date(now.getTime() + linkDays * 86_400_000)
  const { token, hash } = newLinkToken()
  await kernel.database.app.query(
    'insert into auth.denials (token_hash, user_id, event_id, expires_at) values ($1, $2, $3, $4)',
    [hash, userId, eventId, expiresAt],
  )
  const { address, name, language, timeZone } = reader
  const words = deviceWords[language]
  const blocks: Block[] = [
    { text: words.greeting(name) },
    {
      text: words.what({
        device: describeAgent(request.headers['user-agent'] ?? null) || words.unknownDevice,
        address: request.ip,
        at: inWords(now, timeZone, language),
      }),
    },
    { text: words.mine, quiet: true },
    ...notMine(kernel, token, words),
  ]
  const letter = { key: `device/${eventId}`, userId, address, name, subject: words.subject, blocks }
  await post(kernel.database.owner, { ...letter, expiresAt: new Date(now.getTime() + 2 * 86_400_000) }, now)
}

/** The address is the installation's own and never the one a request names: whoever signs in writes his Host himself. */
function notMine(kernel: Kernel, token: string, words: (typeof deviceWords)[Language]): Block[] {
  const url = kernel.publicUrl ?? kernel.network.addresses()[0]
  return url ? [{ text: words.notMe, href: `${url}/not-me/${token}` }] : [{ text: words.notMeByHand }]
}

interface Reader {
  address: string
  name: string
  language: Language
  timeZone: string
}

/** Whom to write to; undefined where the company has no mail. */
async function readerOf({ database }: Kernel, userId: string): Promise<Reader | undefined> {
  const { rows } = await database.owner.query<Reader>(
    `select u.email as address, u.name, coalesce(u.language, c.language, 'ru') as language, coalesce(u.time_zone, c.time_zone, 'Europe/Moscow') as "timeZone"
     from users u left join company c on true where u.id = $1 and exists (select 1 from mail_account)`,
    [userId],
  )
  return rows[0]
}

const inWords = (at: Date, timeZone: string, language: Language) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone }).format(at)

/** The sign-in a link «это не я» is about; undefined where it is used, expired or unknown. */
export async function denialOf({ database, now }: Kernel, token: string) {
  const { rows } = await database.owner.query<{
    at: string
    address: string | null
    agent: string | null
    userId: string
  }>(
    `select e.at, e.address, e.agent, d.user_id as "userId" from auth.denials d join sign_in_events e on e.id = d.event_id
     join users u on u.id = d.user_id and u.active where d.token_hash = $1 and d.expires_at > $2`,
    [hashToken(token), now()],
  )
  return rows[0]
}
