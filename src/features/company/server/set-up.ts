import { insertAccount } from '#server/auth/accounts.ts'
import { atTheGate, becomeHead, type Gate, type GateClient } from '#server/auth/gate.ts'
import { hashPassword, shortestPassword } from '#server/auth/passwords.ts'
import type { Language } from '#server/http/problem.ts'
import { Refusal } from '#server/refusal.ts'
import { dictionaryRows } from './default-dictionaries.ts'
import { usualCompany } from './usual-company.ts'

export interface NewCompany {
  name: string
  timeZone: string
  cityCode: string
  language: Language
}

interface NewHead {
  email: string
  name: string
  password: string
}

/**
 * Makes the company, its first head and the dictionaries of its language in one transaction, once.
 * @returns the head's id; null where there are people already (two wizards at once: the second comes late)
 */
export async function setUpCompany(pool: Gate, company: NewCompany, head: NewHead): Promise<string | null> {
  const hashed = await hashPassword(head.password)
  return atTheGate(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(5278416)')
    const { rows } = await client.query<{ empty: boolean }>(
      'select not exists (select 1 from users) as empty',
    )
    if (!rows[0]!.empty) return null
    await keepCompany(client, company)
    const id = await insertAccount(client, { ...head, role: 'head', hashed })
    await becomeHead(client, id)
    await seedDictionaries(client, company.language)
    return id
  })
}

/**
 * The head's account of `KARTOTEKA_ADMIN_EMAIL` and `_PASSWORD` while nobody can sign in yet, with a company to rename in the settings.
 * @returns his id; null where there are people already
 * @throws Refusal where the password is shorter than `shortestPassword`
 */
export async function ensureFirstHead(
  pool: Gate,
  given: { email: string; password: string; name?: string; companyName?: string },
): Promise<string | null> {
  const { rows } = await pool.query<{ empty: boolean }>('select not exists (select 1 from users) as empty')
  if (!rows[0]!.empty) return null
  if (given.password.length < shortestPassword) {
    throw new Refusal('admin-password-short', { shortest: shortestPassword })
  }
  const company = { ...usualCompany, ...(given.companyName && { name: given.companyName }) }
  const name = given.name ?? given.email.split('@')[0]!
  return setUpCompany(pool, company, { email: given.email, name, password: given.password })
}

const keepCompany = (client: GateClient, { name, timeZone, cityCode, language }: NewCompany) =>
  client.query(
    `insert into company (name, time_zone, city_code, language) values ($1, $2, $3, $4)
     on conflict (one) do update set name = excluded.name, time_zone = excluded.time_zone, city_code = excluded.city_code,
       language = excluded.language`,
    [name, timeZone, cityCode, language],
  )

/** Labels of a language into a base that has none, and choices into the fields that have none; past the rights of anybody but a head. */
export async function seedDictionaries(client: Gate | GateClient, language: Language) {
  const { labels, choices } = dictionaryRows(language)
  await client.query(
    `insert into labels (kind, name, synonyms, position)
     select kind, name, synonyms, position from jsonb_to_recordset($1) as r (kind text, name text, synonyms text[], position int)
     where not exists (select 1 from labels)`,
    [JSON.stringify(labels)],
  )
  await client.query(
    `insert into choices (field, name, position, is_lost, reached, activity_kinds)
     select field, name, position, coalesce(lost, false), reached, coalesce(kinds, '{}')
     from jsonb_to_recordset($1) as r (field text, name text, position int, lost boolean, reached boolean, kinds text[])
     where not exists (select 1 from choices c where c.field = r.field)`,
    [JSON.stringify(choices)],
  )
}
