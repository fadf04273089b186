import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import type { Me, Team, User } from '#features/people/contract.ts'

const columns = `id, email, name, role, team_id as "teamId", active, (role = 'head' or may_export) as "mayExport", source,
  export_quota as "exportQuota"`

/** The caller with the settings of his company; a base that has none yet answers with what is usual. */
export async function findMe(tx: Tx): Promise<Omit<Me, 'look'>> {
  return (await rowOf<Omit<Me, 'look'>>(
    tx,
    `select ${columns}, language, time_zone as "timeZone", morning_letter as "morningLetter", day_letter as "dayLetter",
       standing_letter as "standingLetter",
       coalesce((select json_build_object('name', c.name, 'timeZone', c.time_zone, 'cityCode', c.city_code,
                   'language', c.language, 'requiredKinds', c.required_kinds) from company c),
         json_build_object('name', 'Наша компания', 'timeZone', 'Europe/Moscow', 'cityCode', '495', 'language', 'ru',
                   'requiredKinds', '{phone,email}'::text[])) as company
     from users where id = caller_id()`,
  ))!
}

export const allUsers = (tx: Tx) =>
  rowsOf<User>(tx, `select ${columns} from users order by active desc, name_key, id`)

/** @returns undefined where the e-mail is taken */
export const insertUser = (
  tx: Tx,
  user: { email: string; name: string; role: string; teamId?: string | null },
) =>
  rowOf<User>(
    tx,
    `insert into users (email, name, role, team_id) values ($1, $2, $3, $4)
     on conflict (lower(email)) do nothing returning ${columns}`,
    [user.email, user.name, user.role, user.teamId],
  )

export interface UserChanges {
  name?: string | undefined
  email?: string | undefined
  role?: string | undefined
  teamId?: string | null | undefined
  active?: boolean | undefined
  mayExport?: boolean | undefined
  exportQuota?: number | null | undefined
}

/** Writes the fields given; the rest stays. @returns undefined for nobody */
export const updateUser = (tx: Tx, id: string, changes: UserChanges) =>
  rowOf<User>(
    tx,
    `update users set name = coalesce($2, name), email = coalesce($3, email), role = coalesce($4, role),
       team_id = case when $5 then $6::uuid else team_id end, may_export = coalesce($7, may_export),
       active = coalesce($8, active), export_quota = case when $9 then $10::bigint else export_quota end,
       deactivated_at = case when $8 is null or $8 = active then deactivated_at when $8 then null else now() end
     where id = $1 returning ${columns}`,
    [
      id,
      changes.name,
      changes.email,
      changes.role,
      changes.teamId !== undefined,
      changes.teamId,
      changes.mayExport,
      changes.active,
      changes.exportQuota !== undefined,
      changes.exportQuota,
    ],
  )

/** Another e-mail is another way in: whoever is signed in as this person signs in anew, but for the caller's own screen. */
export const endSessionsUnderOldEmail = (tx: Tx, id: string, email: string, keepSession: string) =>
  rowsOf(tx, 'select end_sessions_of(id, $3) from users where id = $1 and lower(email) <> lower($2)', [
    id,
    email,
    keepSession,
  ])

/** Own name, language, time zone, letters: the only columns a manager may write. */
export const updateMe = (
  tx: Tx,
  changes: {
    name?: string | undefined
    language?: string | null | undefined
    timeZone?: string | null | undefined
    morningLetter?: boolean | undefined
    dayLetter?: boolean | undefined
    standingLetter?: boolean | undefined
  },
) =>
  rowsOf(
    tx,
    `update users set name = coalesce($1, name), language = case when $2 then $3 else language end,
       time_zone = case when $4 then $5 else time_zone end,
       morning_letter = coalesce($6, morning_letter), day_letter = coalesce($7, day_letter),
       standing_letter = coalesce($8, standing_letter)
     where id = caller_id()`,
    [
      changes.name,
      changes.language !== undefined,
      changes.language,
      changes.timeZone !== undefined,
      changes.timeZone,
      changes.morningLetter,
      changes.dayLetter,
      changes.standingLetter,
    ],
  )

export const allTeams = (tx: Tx) => rowsOf<Team>(tx, 'select id, name from teams order by fold(name), id')

export const insertTeam = (tx: Tx, name: string) =>
  rowOf<Team>(tx, 'insert into teams (name) values ($1) returning id, name', [name])

export const updateTeam = (tx: Tx, id: string, name: string) =>
  rowOf<Team>(tx, 'update teams set name = $2 where id = $1 returning id, name', [id, name])

/** @returns whether there is such a team, and whether it was empty and is gone */
export async function dropTeam(tx: Tx, id: string): Promise<{ found: boolean; gone: boolean }> {
  return (await rowOf<{ found: boolean; gone: boolean }>(
    tx,
    `with gone as (delete from teams t where t.id = $1 and not exists (select 1 from users u where u.team_id = t.id) returning 1)
     select exists (select 1 from teams where id = $1) as found, exists (select 1 from gone) as gone`,
    [id],
  ))!
}
