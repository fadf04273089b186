import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'
import { Role } from '#shared/roles.ts'

export const getSignInWays = endpoint({
  method: 'GET',
  path: '/sign-in-ways',
  summary: 'How people sign in here beside the password kept here',
  open: true,
  output: z.object({
    /** What the OpenID Connect provider is called; null: there is none. */
    provider: z.string().nullable(),
    /** Whether login and password of the company's directory are taken too. */
    directory: z.boolean(),
  }),
})

export const startProviderSignIn = endpoint({
  method: 'GET',
  path: '/provider/sign-in',
  summary: 'Sends the browser to the OpenID Connect provider',
  open: true,
  status: 303,
  input: z.object({ to: z.string().max(2000).optional() }),
})
export const endProviderSignIn = endpoint({
  method: 'GET',
  path: '/provider/return',
  summary: 'Where the provider sends the browser back to: signs in and goes on',
  open: true,
  status: 303,
  input: z.object({ state: z.string().max(200).catch('') }),
})

export const GroupRule = z.object({
  /** As it is called there, or its distinguished name. */
  group: z.string().trim().min(1).max(500),
  role: Role,
  teamId: z.uuid().nullable(),
})
export type GroupRule = z.output<typeof GroupRule>

export const GroupRules = z.object({
  /** The first that fits gives the role, the first that fits and names a team gives the team. */
  rules: z.array(GroupRule).max(200),
  /** The role of whom none fits; null: he is not let in. */
  otherwise: z.enum(['team-head', 'manager']).nullable(),
  /** Whoever comes through the provider owes no second factor here. */
  trustsProviderFactor: z.boolean(),
})
export type GroupRules = z.output<typeof GroupRules>

export const getGroupRules = endpoint({
  method: 'GET',
  path: '/group-rules',
  summary: 'Role and team by the groups of the directory and the provider',
  output: GroupRules,
})
export const putGroupRules = endpoint({
  method: 'PUT',
  path: '/group-rules',
  summary: 'Sets the rules of groups as a whole; rules that make heads are for heads',
  input: GroupRules,
  output: GroupRules,
})

export const permitLink = endpoint({
  method: 'PUT',
  path: '/users/:id/link-permit',
  summary: 'For 7 days the account outside with this person’s e-mail may become his',
  input: z.object({ id: z.uuid() }),
})
export const unlinkAccount = endpoint({
  method: 'DELETE',
  path: '/users/:id/outside-account',
  summary: 'Forgets the person’s account outside: he signs in by a password again',
  input: z.object({ id: z.uuid() }),
})
