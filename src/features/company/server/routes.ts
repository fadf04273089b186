import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import {
  type Company,
  getCompany,
  getNetwork,
  getSetup,
  openNetwork,
  patchCompany,
  setUp,
} from '#features/company/contract.ts'
import { letIn } from '#features/sign-ins/server/enter.ts'
import { isEmpty } from '#server/auth/accounts.ts'
import { countTry, forgiveTry } from '#server/auth/attempts.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { isLoopback } from '#server/config.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, languageOf, Problem } from '#server/http/problem.ts'
import { openRoute, route, type Context } from '#server/http/route.ts'
import type { Kernel } from '#server/kernel.ts'
import { isTimeZone } from '#shared/time-zone.ts'
import { dictionaryRoutes } from './dictionary-routes.ts'
import { setUpCompany } from './set-up.ts'
import { usualCompany } from './usual-company.ts'

export function companyRoutes(app: FastifyInstance) {
  route(app, getCompany, (_, { tx }) => findCompany(tx))
  route(app, patchCompany, async (changes, { tx }) => {
    await requireRole(tx, 'head', 'admin')
    if (changes.timeZone !== undefined) checkTimeZone(changes.timeZone)
    await keepCompany(tx, { ...(await findCompany(tx)), ...changes })
    forgetHints()
    return findCompany(tx)
  })
  setupRoutes(app)
  networkRoutes(app)
  dictionaryRoutes(app)
}

type Settings = z.output<typeof Company>

const findCompany = async (tx: Tx): Promise<Settings> =>
  (await rowOf<Settings>(
    tx,
    `select name, time_zone as "timeZone", city_code as "cityCode", language, required_kinds as "requiredKinds",
       rhythm_days as "rhythmDays", journal_months as "journalMonths", team_heads_hand_over as "teamHeadsHandOver" from company`,
  )) ?? usualCompany

const keepCompany = (tx: Tx, settings: Settings) =>
  rowsOf(
    tx,
    `insert into company (name, time_zone, city_code, language, required_kinds, rhythm_days, journal_months, team_heads_hand_over)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (one) do update set name = excluded.name, time_zone = excluded.time_zone, city_code = excluded.city_code,
       language = excluded.language, required_kinds = excluded.required_kinds, rhythm_days = excluded.rhythm_days,
       journal_months = excluded.journal_months, team_heads_hand_over = excluded.team_heads_hand_over`,
    [
      settings.name,
      settings.timeZone,
      settings.cityCode,
      settings.language,
      settings.requiredKinds,
      settings.rhythmDays,
      settings.journalMonths,
      settings.teamHeadsHandOver,
    ],
  )

function checkTimeZone(name: string) {
  if (!isTimeZone(name))
    throw invalid('timeZone', { ru: 'Такого часового пояса нет.', en: 'There is no such time zone.' })
}

/** The wizard: open to strangers only while nobody can sign in. */
function setupRoutes(app: FastifyInstance) {
  openRoute(app, getSetup, async (_, { kernel, request }) => {
    const needed = await isEmpty(kernel.database.app)
    return {
      needed,
      codeAsked: needed && asksCode(kernel, request),
      language: languageOf(request),
      companyName: await companyName(kernel),
    }
  })
  openRoute(app, setUp, async ({ code, head, ...company }, door) => {
    const { kernel, request } = door
    const pool = kernel.database.app
    if (!(await isEmpty(pool))) throw alreadySetUp()
    if (asksCode(kernel, request)) await checkCode(kernel, code, request.ip)
    checkTimeZone(company.timeZone)
    const id = await setUpCompany(pool, company, head)
    if (!id) throw alreadySetUp()
    return letIn(door, { userId: id, via: 'set-up' })
  })
}

async function companyName({ database }: Kernel): Promise<string | null> {
  const { rows } = await database.app.query<{ name: string }>('select name from company')
  return rows[0]?.name ?? null
}

/**
 * On the network the wizard is open to whoever finds it first: the code is on the console of the one who started the server. Behind
 * a proxy, or under a foreign name that leads to this computer, everybody comes from here and the code is asked all the same.
 */
function asksCode({ setupCode, listen }: Kernel, { hostname, headers }: Context['request']): boolean {
  if (setupCode === null) return false
  const handedOn = headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined
  return handedOn || !isLoopback(listen.host) || !isLoopback(hostname.replace(/^\[|\]$/g, ''))
}

async function checkCode({ setupCode, database }: Kernel, code: string | undefined, address: string) {
  await countTry(database.app, 'setup-code', address)
  const given = Buffer.from((code ?? '').trim())
  const right = Buffer.from(setupCode!)
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw invalid('code', wrongCode)
  await forgiveTry(database.app, 'setup-code', address)
}

function networkRoutes(app: FastifyInstance) {
  route(app, getNetwork, async (_, { tx, kernel }) => {
    await requireRole(tx, 'head', 'admin')
    return state(kernel)
  })
  route(app, openNetwork, async ({ open }, context: Context) => {
    await requireRole(context.tx, 'head', 'admin')
    await (open ? context.kernel.network.open() : context.kernel.network.close())
    return state(context.kernel)
  })
}

const state = ({ network }: Kernel) => ({ open: network.isOpen(), addresses: network.addresses() })

const wrongCode = {
  ru: 'Код не подходит. Он напечатан в консоли, где запущен сервер.',
  en: 'The code does not fit. It is printed in the console the server was started in.',
}

const alreadySetUp = () =>
  new Problem(409, 'already-set-up', {
    ru: 'База уже настроена: войдите или попросите приглашение у руководителя.',
    en: 'The base is set up already: sign in, or ask the head for an invitation.',
  })
