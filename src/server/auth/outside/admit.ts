import type { FastifyRequest } from 'fastify'
import type { Role } from '#shared/roles.ts'
import { forgetHints } from '#server/auth/caller.ts'
import { atTheGate, type GateClient } from '#server/auth/gate.ts'
import { noteSignIn } from '#server/auth/sign-in-journal.ts'
import type { Kernel } from '#server/kernel.ts'
import { type Admission, type Place, placeOf } from './groups.ts'
import { notAdmitted, type OutsidePerson, type RefusalReason } from './outside-person.ts'

/** `who`: whose account it would have been. */
type Outcome = { userId: string } | { refused: RefusalReason; who?: string }

/**
 * Lets in whom the directory or the provider vouches for: finds, links or makes his account and sets what his groups give. Who is
 * known and no longer entitled is closed by the same. Who is not let in stands in the journal of sign-ins.
 * @returns the person's id here
 * @throws Problem 403 where he is not let in
 */
export async function admit(kernel: Kernel, request: FastifyRequest, person: OutsidePerson): Promise<string> {
  const outcome = await atTheGate(kernel.database.app, async (client) => {
    // Two browsers of one person signing in for the first time at once are one account.
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `${person.source} ${person.issuer} ${person.subject}`,
    ])
    const admission = await readAdmission(client)
    const known = await knownAccount(client, person)
    return known ? again(client, admission, person, known) : firstTime(client, admission, person)
  })
  forgetHints()
  if (!('refused' in outcome)) return outcome.userId
  const { refused, who } = outcome
  await noteSignIn(kernel, request, {
    kind: 'failure',
    reason: 'not-admitted',
    userId: who,
    ...(person.email !== null && { account: person.email }),
    details: { refused, name: person.login },
  })
  throw notAdmitted(refused)
}

interface Known {
  id: string
  active: boolean
  /** Closed by the directory or the groups, not by a person here. */
  closedThere: boolean
}

async function again(
  client: GateClient,
  admission: Admission,
  person: OutsidePerson,
  known: Known,
): Promise<Outcome> {
  if (!known.active && !known.closedThere) return { refused: 'access-closed', who: known.id }
  const place = placeOf(admission, person.groups, true)
  if (!place) {
    await closeAccount(client, known.id)
    return { refused: 'no-group', who: known.id }
  }
  if (!known.active)
    await client.query('update users set active = true, deactivated_at = null where id = $1', [known.id])
  await takePlace(client, known.id, place)
  await followEmail(client, known.id, person)
  await client.query('update auth.outside_accounts set seen_at = now(), login = $2 where user_id = $1', [
    known.id,
    person.login,
  ])
  return { userId: known.id }
}

async function firstTime(client: GateClient, admission: Admission, person: OutsidePerson): Promise<Outcome> {
  const { email, emailVerified } = person
  const twin = email === null ? undefined : await accountByEmail(client, email)
  // Whose account is to be linked has a role already: without rules he keeps it.
  const place = placeOf(admission, person.groups, twin?.permitted ?? false)
  if (!place) return { refused: 'no-group' }
  if (email === null) return { refused: 'no-email' }
  // Whoever may write any e-mail into his account there must not get the name of a colleague here.
  if (!emailVerified) return { refused: 'email-unverified' }
  if (twin && !twin.active) return { refused: 'access-closed' }
  if (twin && !twin.permitted) return { refused: 'email-taken' }
  const userId = twin?.id ?? (await makeAccount(client, { ...person, email }, place.role!))
  if (userId === undefined) return { refused: 'email-taken' }
  await link(client, userId, person)
  await takePlace(client, userId, place)
  return { userId }
}

export async function readAdmission(client: GateClient): Promise<Admission> {
  const { rows } = await client.query<Admission>(
    `select coalesce((select json_agg(json_build_object('group', group_name, 'role', role, 'teamId', team_id) order by position)
                      from auth.group_rules), '[]') as rules, (select otherwise from auth.admission) as otherwise`,
  )
  return rows[0]!
}

async function knownAccount(client: GateClient, { source, issuer, subject }: OutsidePerson) {
  const { rows } = await client.query<Known>(
    `select u.id, u.active, o.closed_at is not null as "closedThere" from auth.outside_accounts o join users u on u.id = o.user_id
     where o.source = $1 and o.issuer = $2 and o.subject = $3 for update of u`,
    [source, issuer, subject],
  )
  return rows[0]
}

async function accountByEmail(client: GateClient, email: string) {
  const { rows } = await client.query<{ id: string; active: boolean; permitted: boolean }>(
    `select u.id, u.active, exists (select 1 from auth.link_permits l where l.user_id = u.id and l.expires_at > now()) as permitted
     from users u where lower(u.email) = lower($1) for update of u`,
    [email],
  )
  return rows[0]
}

/** @returns undefined where somebody else took the e-mail this moment */
async function makeAccount(
  client: GateClient,
  { email, name, source }: OutsidePerson & { email: string },
  role: Role,
) {
  const { rows } = await client.query<{ id: string }>(
    `insert into users (email, name, role, source) values ($1, $2, $3, $4)
     on conflict (lower(email)) do nothing returning id`,
    [email, name, role, source],
  )
  return rows[0]?.id
}

/** From now on he signs in there only: a password here would be a way round the directory. */
async function link(client: GateClient, userId: string, { source, issuer, subject, login }: OutsidePerson) {
  await client.query(
    `insert into auth.outside_accounts (user_id, source, issuer, subject, login) values ($1, $2, $3, $4, $5)
     on conflict (user_id) do update set source = excluded.source, issuer = excluded.issuer, subject = excluded.subject,
       login = excluded.login, linked_at = now(), seen_at = now(), closed_at = null`,
    [userId, source, issuer, subject, login],
  )
  await client.query('update users set source = $2 where id = $1', [userId, source])
  for (const table of ['passwords', 'invitations', 'link_permits'])
    await client.query(`delete from auth.${table} where user_id = $1`, [userId])
  await client.query(`delete from auth.sessions where user_id = $1 and kind = 'session'`, [userId])
}

/** Role and team by his groups. The last active head stays one whatever they say. */
export async function takePlace(client: GateClient, userId: string, { role, teamId }: Place) {
  if (teamId)
    await client.query('update users set team_id = $2 where id = $1 and team_id is distinct from $2', [
      userId,
      teamId,
    ])
  if (role)
    await unlessLastHead(client, () =>
      client.query('update users set role = $2 where id = $1 and role <> $2', [userId, role]),
    )
}

/**
 * Ends everything the person has here because the directory no longer vouches for him; signing in undoes it. The last active head
 * keeps his account and loses his sessions.
 */
export async function closeAccount(client: GateClient, userId: string) {
  await client.query('delete from auth.sessions where user_id = $1', [userId])
  const closed = await unlessLastHead(client, () =>
    client.query('update users set active = false, deactivated_at = now() where id = $1 and active', [
      userId,
    ]),
  )
  if (closed)
    await client.query('update auth.outside_accounts set closed_at = now() where user_id = $1', [userId])
}

async function unlessLastHead(client: GateClient, act: () => Promise<unknown>): Promise<boolean> {
  await client.query('savepoint before_act')
  try {
    await act()
    return true
  } catch (error) {
    if ((error as { code?: string }).code !== 'KT002') throw error
    await client.query('rollback to savepoint before_act')
    return false
  }
}

/** Letters go where the directory says; an e-mail of somebody else here is left to him. */
async function followEmail(client: GateClient, userId: string, { email, emailVerified }: OutsidePerson) {
  if (!email || !emailVerified) return
  await client.query(
    `update users set email = $2 where id = $1 and email <> $2
       and not exists (select 1 from users o where lower(o.email) = lower($2) and o.id <> $1)`,
    [userId, email],
  )
}
