import { z } from 'zod'
import { endpoint, pageOf } from '#shared/endpoint.ts'
import { Role } from '#shared/roles.ts'

/** What a step of signing in answers: whose session is open now, or what is still due (in this browser, by a cookie of its own). */
export const Entered = z.union([z.object({ id: z.uuid() }), z.object({ step: z.enum(['code', 'set-up']) })])
export type Entered = z.output<typeof Entered>

/** Six figures of the telephone, or a recovery code. */
const code = z.string().trim().min(6).max(40)
const password = z.string().max(200)
/** What a telephone learns the secret from: the picture's text, and the same to type. */
const Draft = z.object({ secret: z.string(), uri: z.string() })
/** Shown this once. */
const Codes = z.object({ recoveryCodes: z.array(z.string()) })

export const sendCode = endpoint({
  method: 'POST',
  path: '/session/code',
  summary: 'Second step of signing in: a code of the telephone, or a recovery code',
  open: true,
  input: z.object({ code }),
  output: z.object({ id: z.uuid() }),
})
export const draftAtSignIn = endpoint({
  method: 'POST',
  path: '/session/second-factor',
  summary: 'Begins setting the second factor up where the sign-in asks for it',
  open: true,
  output: Draft,
})
export const confirmAtSignIn = endpoint({
  method: 'POST',
  path: '/session/second-factor/confirmation',
  summary: 'Takes the second factor into use and signs in',
  open: true,
  input: z.object({ code }),
  output: Codes.extend({ id: z.uuid() }),
})
export const getSession = endpoint({
  method: 'GET',
  path: '/session',
  personal: true,
  summary: 'How long this session lives without an act of its person',
  output: z.object({
    /** Null: a token, which lives until revoked. */
    secondsLeft: z.number().nullable(),
    idleSeconds: z.number(),
  }),
})
export const endOtherSessions = endpoint({
  method: 'DELETE',
  path: '/sessions',
  summary: 'Ends every other session of the caller',
  output: z.object({ ended: z.number() }),
})

export const SecondFactor = z.object({
  on: z.boolean(),
  setUpAt: z.string().nullable(),
  codesLeft: z.number(),
  required: z.boolean(),
})
export const getSecondFactor = endpoint({
  method: 'GET',
  path: '/me/second-factor',
  summary: 'Own second factor',
  personal: true,
  output: SecondFactor,
})
export const draftSecondFactor = endpoint({
  method: 'POST',
  path: '/me/second-factor',
  summary: 'Begins setting up a second factor, or another telephone',
  status: 201,
  input: z.object({ password, code: z.string().trim().max(40).optional() }),
  output: Draft,
})
export const confirmSecondFactor = endpoint({
  method: 'PUT',
  path: '/me/second-factor',
  summary: 'Takes the second factor into use; every other session ends',
  input: z.object({ code }),
  output: Codes,
})
export const removeSecondFactor = endpoint({
  method: 'POST',
  path: '/me/second-factor/removal',
  summary: 'Takes own second factor away; every other session ends',
  input: z.object({ password, code }),
})
export const renewRecoveryCodes = endpoint({
  method: 'POST',
  path: '/me/second-factor/recovery-codes',
  summary: 'Ten new recovery codes in the place of the old ones',
  status: 201,
  input: z.object({ password, code }),
  output: Codes,
})
export const listSecondFactors = endpoint({
  method: 'GET',
  path: '/second-factors',
  summary: 'Who has a second factor',
  output: z.object({ userIds: z.array(z.uuid()) }),
})
export const resetSecondFactor = endpoint({
  method: 'DELETE',
  path: '/users/:id/second-factor',
  summary: 'Takes a colleague’s second factor away: he lost his telephone and his codes',
  input: z.object({ id: z.uuid() }),
})

export const SignInRules = z.object({
  idleMinutes: z.number().int().min(5).max(43_200),
  sessionDays: z.number().int().min(1).max(365),
  secondFactorRoles: z.array(Role),
})
export type SignInRules = z.output<typeof SignInRules>
export const getSignInRules = endpoint({
  method: 'GET',
  path: '/sign-in-rules',
  summary: 'When sessions end, and who needs a second factor',
  output: SignInRules,
})
export const patchSignInRules = endpoint({
  method: 'PATCH',
  path: '/sign-in-rules',
  summary: 'Changes the rules of signing in',
  input: SignInRules.partial(),
  output: SignInRules,
})

export const signInKinds = [
  'sign-in',
  'failure',
  'sign-out',
  'session-ended',
  'denied',
  'password-changed',
  'email-changed',
  'link-made',
  'link-used',
  'second-factor-on',
  'second-factor-off',
  'second-factor-reset',
  'recovery-codes-made',
  'recovery-code-used',
  'token-made',
  'token-new-address',
  'token-revoked',
  'access-closed',
  'rules-changed',
] as const
export const SignInEvent = z.object({
  id: z.uuid(),
  at: z.string(),
  userId: z.uuid().nullable(),
  /** Who did it, where it was somebody else. */
  byId: z.uuid().nullable(),
  kind: z.enum(signInKinds),
  reason: z.string().nullable(),
  /** What was typed where nobody is known by it. */
  account: z.string().nullable(),
  address: z.string().nullable(),
  agent: z.string().nullable(),
  isNewDevice: z.boolean(),
  details: z.record(z.string(), z.unknown()),
})
export type SignInEvent = z.output<typeof SignInEvent>
export const listSignIns = endpoint({
  method: 'GET',
  path: '/sign-ins',
  summary: 'Journal of sign-ins: own; of all for a head and an administrator',
  personal: true,
  input: z.object({
    user: z.uuid().optional(),
    kind: z.enum(signInKinds).optional(),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    cursor: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  output: pageOf(SignInEvent),
})

export const listNewDevices = endpoint({
  method: 'GET',
  path: '/me/new-devices',
  summary: 'Sign-ins from new devices the caller has not said are his',
  personal: true,
  output: z.array(SignInEvent),
})
export const acknowledgeDevices = endpoint({
  method: 'POST',
  path: '/me/new-devices/acknowledgement',
  summary: 'The caller says that his new devices are his own',
})

/** What a letter about a new device leads to. */
export const getDenial = endpoint({
  method: 'GET',
  path: '/denials/:token',
  summary: 'Which sign-in a link “it was not me” is about',
  open: true,
  input: z.object({ token: z.string().max(100) }),
  output: SignInEvent.pick({ at: true, address: true, agent: true }),
})
export const denySignIn = endpoint({
  method: 'POST',
  path: '/denials/:token',
  summary: 'It was not me: every session ends, the password is void, a new one is set by the link answered',
  open: true,
  input: z.object({ token: z.string().max(100) }),
  output: z.object({ invitation: z.string() }),
})
