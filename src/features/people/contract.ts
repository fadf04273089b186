import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'
import { Role } from '#shared/roles.ts'
import { Entered } from '#features/sign-ins/contract.ts'

export const Language = z.enum(['ru', 'en'])

export const User = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: Role,
  teamId: z.uuid().nullable(),
  active: z.boolean(),
  mayExport: z.boolean(),
  /** Where he signs in: by a password kept here, by the company's directory, through its OpenID Connect provider. */
  source: z.enum(['local', 'directory', 'provider']),
  /** Rows a person may take out in any 30 days; null: as his role. */
  exportQuota: z.number().int().nullable(),
})
export type User = z.output<typeof User>

export const Me = User.extend({
  language: Language.nullable(),
  timeZone: z.string().nullable(),
  /** Letters of the plan in the morning, of the day sheets in the evening: each switches off his own. */
  morningLetter: z.boolean(),
  dayLetter: z.boolean(),
  /** A head looks through this person's eyes, till then and without writing. */
  look: z.object({ headId: z.uuid(), until: z.string() }).nullable(),
  /** Letters as a substitution begins and ends. */
  standingLetter: z.boolean(),
  company: z.object({
    name: z.string(),
    timeZone: z.string(),
    cityCode: z.string(),
    language: Language,
    requiredKinds: z.array(z.string()),
  }),
})
export type Me = z.output<typeof Me>

export const Team = z.object({ id: z.uuid(), name: z.string() })
export type Team = z.output<typeof Team>

const name = z.string().trim().min(1).max(200)
const email = z.email().max(254)
export const NewPassword = z.string().min(8).max(200)

export const getMe = endpoint({ method: 'GET', path: '/me', summary: 'The caller', output: Me })
export const patchMe = endpoint({
  method: 'PATCH',
  path: '/me',
  summary: 'Changes own name, language, time zone, letters',
  input: z.object({
    name: name.optional(),
    language: Language.nullish(),
    timeZone: z.string().max(60).nullish(),
    morningLetter: z.boolean().optional(),
    dayLetter: z.boolean().optional(),
    standingLetter: z.boolean().optional(),
  }),
  output: Me,
})

export const listUsers = endpoint({
  method: 'GET',
  path: '/users',
  summary: 'Colleagues',
  output: z.array(User),
})
/** Adds a colleague and makes his one-time link; nobody signs himself up. */
export const inviteUser = endpoint({
  method: 'POST',
  path: '/users',
  summary: 'Invites a colleague by a one-time link',
  status: 201,
  input: z.object({ email, name, role: Role, teamId: z.uuid().nullish() }),
  output: z.object({ user: User, link: z.string() }),
})
export const patchUser = endpoint({
  method: 'PATCH',
  path: '/users/:id',
  summary: 'Changes role, team, name, right of export; deactivates and reactivates',
  input: z.object({
    id: z.uuid(),
    name: name.optional(),
    email: email.optional(),
    role: Role.optional(),
    teamId: z.uuid().nullish(),
    active: z.boolean().optional(),
    mayExport: z.boolean().optional(),
    /** A head's to set. null: as the role. */
    exportQuota: z.number().int().min(0).max(1_000_000_000).nullish(),
  }),
  output: User,
})
/** A new one-time link: for who lost his invitation, and to set a forgotten password anew. */
export const addUserLink = endpoint({
  method: 'POST',
  path: '/users/:id/links',
  summary: 'Makes a new one-time link (invitation or password reset)',
  status: 201,
  input: z.object({ id: z.uuid() }),
  output: z.object({ link: z.string() }),
})

export const listTeams = endpoint({ method: 'GET', path: '/teams', summary: 'Teams', output: z.array(Team) })
export const addTeam = endpoint({
  method: 'POST',
  path: '/teams',
  summary: 'Adds a team',
  status: 201,
  input: z.object({ name }),
  output: Team,
})
export const patchTeam = endpoint({
  method: 'PATCH',
  path: '/teams/:id',
  summary: 'Renames a team',
  input: z.object({ id: z.uuid(), name }),
  output: Team,
})
export const deleteTeam = endpoint({
  method: 'DELETE',
  path: '/teams/:id',
  summary: 'Deletes a team nobody is in',
  input: z.object({ id: z.uuid() }),
})

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  summary: 'Signs in by e-mail and password, or says what is still due; the session is a cookie',
  open: true,
  input: z.object({ email: z.string().max(254), password: z.string().max(200) }),
  output: Entered,
})
export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  summary:
    'Signs out at once; 200 with an address where the provider’s own session ends by going there, else 204',
  output: z.object({ goOn: z.string() }).optional(),
})

export const beginLook = endpoint({
  method: 'PUT',
  path: '/session/look',
  summary:
    'For an hour a head’s session answers as this person’s would, and writes nothing; not by API tokens',
  input: z.object({ userId: z.uuid() }),
  output: z.object({ until: z.string() }),
})
export const endLook = endpoint({
  method: 'DELETE',
  path: '/session/look',
  summary: 'The session is its own again',
  endsLook: true,
})

export const Session = z.object({
  id: z.uuid(),
  kind: z.enum(['session', 'token']),
  name: z.string(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  createdAt: z.string(),
  seenAt: z.string(),
  expiresAt: z.string().nullable(),
  /** A token whose person owes a second factor: it works again once he has one. */
  asleep: z.boolean(),
  current: z.boolean(),
})
export const listSessions = endpoint({
  method: 'GET',
  path: '/sessions',
  summary: 'Own sessions and API tokens',
  personal: true,
  output: z.array(Session),
})
export const endSession = endpoint({
  method: 'DELETE',
  path: '/sessions/:id',
  summary: 'Ends a session or revokes a token at once',
  input: z.object({ id: z.uuid() }),
})
export const addToken = endpoint({
  method: 'POST',
  path: '/tokens',
  summary: 'Makes an API token, shown this once',
  status: 201,
  input: z.object({ name }),
  output: z.object({ token: z.string() }),
})
export const changePassword = endpoint({
  method: 'PUT',
  path: '/me/password',
  summary: 'Changes own password; every other session ends',
  input: z.object({ current: z.string().max(200), next: NewPassword }),
})

export const getInvitation = endpoint({
  method: 'GET',
  path: '/invitations/:token',
  summary: 'Whom a one-time link is for',
  open: true,
  input: z.object({ token: z.string().max(100) }),
  output: z.object({
    email: z.string(),
    name: z.string(),
    purpose: z.enum(['invitation', 'reset']),
    company: z.string(),
  }),
})
export const acceptInvitation = endpoint({
  method: 'POST',
  path: '/invitations/:token/acceptance',
  summary: 'Sets the password by a one-time link and signs in',
  open: true,
  input: z.object({ token: z.string().max(100), password: NewPassword }),
  output: Entered,
})
