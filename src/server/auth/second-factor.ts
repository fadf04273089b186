import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import type { Kernel } from '#server/kernel.ts'
import { seal, unseal } from '#server/sealed.ts'
import { atTheGate, type GateClient } from './gate.ts'
import { hashRecoveryCode, looksLikeRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { newTotpSecret, stepOf } from './totp.ts'

/** A secret shown and not confirmed lives so long. */
const draftMinutes = 30

export interface FactorState {
  on: boolean
  setUpAt: string | null
  /** Recovery codes not used yet. */
  codesLeft: number
  /** The person's role works with a second factor only. */
  required: boolean
}

export async function factorOf({ database }: Kernel, userId: string): Promise<FactorState> {
  const { rows } = await database.app.query<FactorState>(
    `select f.user_id is not null as on, f.set_up_at as "setUpAt",
       (select count(*)::int from auth.recovery_codes r where r.user_id = u.id and r.used_at is null) as "codesLeft",
       coalesce(u.role = any (c.second_factor_roles), false) as required
     from users u left join auth.second_factors f on f.user_id = u.id left join company c on true where u.id = $1`,
    [userId],
  )
  return rows[0]!
}

/** A new secret for this person, which works from the code on that confirms it. @returns it in base32, this once */
export async function draftFactor({ database, secret: key, now }: Kernel, userId: string): Promise<string> {
  const secret = newTotpSecret()
  await database.app.query(
    `insert into auth.second_factor_drafts (user_id, secret, created_at) values ($1, $2, $3)
     on conflict (user_id) do update set secret = excluded.secret, created_at = excluded.created_at`,
    [userId, seal(key, 'second factor', secret), now()],
  )
  return secret
}

/**
 * Takes the drafted secret into use by its first code, with new recovery codes; every session but `keepSession` ends.
 * @returns the recovery codes, shown this once; undefined for a wrong code or where nothing is drafted
 */
export async function confirmFactor(
  { database, secret: key, now }: Kernel,
  userId: string,
  code: string,
  keepSession: string | null,
): Promise<string[] | undefined> {
  const codes = await hashedCodes()
  return atTheGate(database.app, async (client) => {
    const { rows } = await client.query<{ secret: Buffer }>(
      `select secret from auth.second_factor_drafts where user_id = $1 and created_at > $2::timestamptz - make_interval(mins => $3) for update`,
      [userId, now(), draftMinutes],
    )
    const secret = rows[0] && unseal(key, 'second factor', rows[0].secret)
    const step = secret ? stepOf(secret, code, now()) : undefined
    if (step === undefined) return undefined
    await client.query(
      `insert into auth.second_factors (user_id, secret, last_step, codes_salt, set_up_at) values ($1, $2, $3, $4, $5)
       on conflict (user_id) do update set secret = excluded.secret, last_step = excluded.last_step, set_up_at = excluded.set_up_at`,
      [userId, rows[0]!.secret, step, codes.salt, now()],
    )
    await client.query('delete from auth.second_factor_drafts where user_id = $1', [userId])
    await keepCodes(client, userId, codes)
    await endOthers(client, userId, keepSession)
    return codes.codes
  })
}

/**
 * Takes a code of the telephone, or a recovery code, and uses it up: of two requests with the same code one is refused.
 * @returns what it was; 'used' for a code of the telephone taken before; undefined for a wrong one
 */
export async function takeCode(
  kernel: Kernel,
  userId: string,
  code: string,
): Promise<'totp' | 'recovery' | 'used' | undefined> {
  const plain = code.replace(/\s/g, '')
  if (/^\d{6}$/.test(plain)) return takeTotp(kernel, userId, plain)
  return looksLikeRecoveryCode(code) ? takeRecoveryCode(kernel, userId, code) : undefined
}

async function takeTotp({ database, secret: key, now }: Kernel, userId: string, code: string) {
  const { rows } = await database.app.query<{ secret: Buffer }>(
    'select secret from auth.second_factors where user_id = $1',
    [userId],
  )
  const secret = rows[0] && unseal(key, 'second factor', rows[0].secret)
  const step = secret ? stepOf(secret, code, now()) : undefined
  if (step === undefined) return undefined
  const { rowCount } = await database.app.query(
    'update auth.second_factors set last_step = $2 where user_id = $1 and last_step < $2',
    [userId, step],
  )
  return rowCount === 1 ? 'totp' : 'used'
}

async function takeRecoveryCode({ database, now }: Kernel, userId: string, code: string) {
  const { rows } = await database.app.query<{ salt: Buffer }>(
    'select codes_salt as salt from auth.second_factors where user_id = $1',
    [userId],
  )
  if (!rows[0]) return undefined
  const { rowCount } = await database.app.query(
    'update auth.recovery_codes set used_at = $3 where user_id = $1 and hash = $2 and used_at is null',
    [userId, await hashRecoveryCode(code, rows[0].salt), now()],
  )
  return rowCount === 1 ? 'recovery' : undefined
}

/** Ten new recovery codes in the place of the old ones. @returns them, shown this once */
export async function renewRecoveryCodes({ database }: Kernel, userId: string): Promise<string[]> {
  const codes = await hashedCodes()
  await atTheGate(database.app, (client) => keepCodes(client, userId, codes))
  return codes.codes
}

/** Takes the second factor away; every session but this one ends. */
export async function removeFactor({ database }: Kernel, userId: string, keepSession: string) {
  await atTheGate(database.app, async (client) => {
    await client.query('delete from auth.second_factors where user_id = $1', [userId])
    await endOthers(client, userId, keepSession)
  })
}

interface HashedCodes {
  codes: string[]
  salt: Buffer
  hashes: Buffer[]
}

/** Hashed before a transaction begins: it takes a fifth of a second. */
async function hashedCodes(): Promise<HashedCodes> {
  const codes = newRecoveryCodes()
  const salt = randomBytes(16)
  return { codes, salt, hashes: await Promise.all(codes.map((code) => hashRecoveryCode(code, salt))) }
}

async function keepCodes(client: GateClient, userId: string, { salt, hashes }: HashedCodes) {
  await client.query('update auth.second_factors set codes_salt = $2 where user_id = $1', [userId, salt])
  await client.query('delete from auth.recovery_codes where user_id = $1', [userId])
  await client.query(
    'insert into auth.recovery_codes (user_id, hash) select $1, hash from unnest($2::bytea[]) hash',
    [userId, hashes],
  )
}

const endOthers = (client: pg.PoolClient, userId: string, keep: string | null) =>
  client.query(
    `delete from auth.sessions where user_id = $1 and kind = 'session' and id is distinct from $2`,
    [userId, keep],
  )
