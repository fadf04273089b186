import type { z } from 'zod'
import type { Canary, makeCanaries as contract } from '#features/canaries/contract.ts'
import { createClient as clientContract } from '#features/clients/contract.ts'
import { cityCodeOf } from '#features/clients/server/company-settings.ts'
import { createClient } from '#features/clients/server/create-client.ts'
import type { Caller } from '#server/auth/caller.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'
import { judgeContact } from '#shared/contacts.ts'
import { madeUpCompany, type MadeUpCompany } from './made-up-company.ts'
import { findCanaries } from './queries.ts'

type Input = z.output<(typeof contract)['input']>

/** Whom a new client is made for, and what his clients are like. */
interface Target {
  id: string
  region: string | null
  stage: string | null
  source: string | null
  categories: string[] | null
  innRegion: string | null
}

/** A client for each person who has none yet. @returns those made @throws Problem 422 */
export async function makeCanaries(tx: Tx, caller: Caller, input: Input): Promise<Canary[]> {
  const cityCode = await cityCodeOf(tx)
  await checkContacts(tx, input, cityCode)
  const made: string[] = []
  for (const target of await targetsOf(tx, input.userIds)) {
    const company = await unknownCompany(tx, target.innRegion ?? '77')
    const text = await createClient(tx, caller, draftOf(company, target, input), cityCode)
    const { id } = JSON.parse(text) as { id: string }
    await rowsOf(tx, 'insert into canaries (client_id, made) values ($1, true)', [id])
    made.push(id)
  }
  return findCanaries(tx, made)
}

/** Like one of his own clients, taken at random: what stands in the columns of his table stands there too. */
const targetsOf = (tx: Tx, ids: string[] | undefined) =>
  rowsOf<Target>(
    tx,
    `select u.id, c.region, c.stage, c.source, c.categories, substring(c.inn from '^(?!00)\\d\\d') as "innRegion"
     from users u left join lateral (
       select * from clients c where c.owner_id = u.id and c.archived_at is null order by random() limit 1) c on true
     where u.active and u.role in ('manager', 'team-head') and ($1::uuid[] is null or u.id = any ($1))
       and not exists (select 1 from canaries n join clients k on k.id = n.client_id where k.owner_id = u.id and k.archived_at is null)
     order by u.name_key, u.id`,
    [ids],
  )

/** One whose name and number nobody in the base has: a twin would be looked at twice. */
async function unknownCompany(tx: Tx, region: string): Promise<MadeUpCompany> {
  for (;;) {
    const company = madeUpCompany(region)
    const taken = await rowOf(
      tx,
      'select 1 from clients where inn = $1 or name_key = fold($2) union all select 1 from contacts where value like $3 limit 1',
      [company.inn, company.name, `%+${company.box}@%`],
    )
    if (!taken) return company
  }
}

function draftOf(company: MadeUpCompany, target: Target, { email, phone }: Input) {
  const [box, host] = email?.split('@') ?? []
  const contacts = [
    ...(phone ? [{ kind: 'phone' as const, value: `${phone} доб. ${company.extension}` }] : []),
    ...(email ? [{ kind: 'email' as const, value: `${box}+${company.box}@${host}` }] : []),
  ]
  return clientContract.input.parse({
    kind: 'organization',
    name: company.name,
    inn: company.inn,
    kpp: company.kpp,
    ownerId: target.id,
    region: target.region,
    stage: target.stage,
    source: target.source,
    categories: target.categories ?? [],
    isBuyer: true,
    contacts,
    people: [company.person],
  })
}

async function checkContacts(tx: Tx, { email, phone }: Input, cityCode: string) {
  if (!email && !phone) throw invalid('email', needed)
  if (phone && !isGood('phone', phone, cityCode)) throw invalid('phone', badPhone)
  if (!email) return
  if (!isGood('email', email, cityCode)) throw invalid('email', badEmail)
  // Whoever sees the company's own host, or a colleague's address, knows at once.
  const known = await rowOf(
    tx,
    `select 1 from users where lower(email) = lower($1)
       or (split_part(lower(email), '@', 2) = split_part(lower($1), '@', 2) and split_part(lower(email), '@', 2) <> all ($2::text[])) limit 1`,
    [email, publicHosts],
  )
  if (known) throw invalid('email', betrays)
}

const isGood = (kind: 'phone' | 'email', value: string, cityCode: string) =>
  ['ok', 'fixed'].includes(judgeContact(kind, value, { cityCode }).verdict)

/** Hosts anybody may have a box at: that a colleague has one there says nothing. */
const publicHosts =
  'gmail.com mail.ru yandex.ru ya.ru yandex.com rambler.ru bk.ru list.ru inbox.ru hotmail.com outlook.com icloud.com'.split(
    ' ',
  )

const needed = {
  ru: 'Укажите почту или телефон, по которым посторонние дойдут до вас.',
  en: 'Give an address or a telephone by which outsiders will reach you.',
}
const badPhone = { ru: 'Телефон не разобрать.', en: 'This telephone cannot be read.' }
const badEmail = { ru: 'Такой почты не бывает.', en: 'There can be no such address.' }
const betrays = {
  ru: 'Этот адрес сотрудники узнают. Нужен ящик, о котором они не знают, и не на домене компании.',
  en: 'Colleagues know this address. It takes a box they do not know of, and not at the company’s own host.',
}
