import { z } from 'zod'
import { endpoint, pageOf } from '#shared/endpoint.ts'

const line = z.string().trim().max(200)
const Security = z.enum(['tls', 'starttls', 'none'])

/** The SMTP account the company's letters leave by; its password goes in and never comes out. */
export const MailAccount = z.object({
  host: line.min(1),
  port: z.number().int().min(1).max(65_535),
  /** TLS from the first byte · STARTTLS, and nothing without it · unprotected. */
  security: Security,
  /** Off for a server in the office that signs its certificate itself. */
  checkCertificate: z.boolean(),
  userName: line.transform((text) => (text === '' ? null : text)).nullable(),
  senderName: line.min(1),
  senderAddress: z.email().max(254),
  /** So many letters an hour at most. */
  perHour: z.number().int().min(1).max(100_000),
})
export type MailAccount = z.output<typeof MailAccount>

/** Absent or empty: the password kept stays. Null: there is none any more. */
const password = z.string().max(1000).nullish()

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** When letters leave, by the company's clock. */
export const LetterHours = z.object({
  morningAt: clock,
  dayAt: clock,
  /** 1: Monday … 7: Sunday. */
  weekdays: z.array(z.number().int().min(1).max(7)).max(7),
})
export type LetterHours = z.output<typeof LetterHours>

export const MailSettings = z.object({
  account: MailAccount.nullable(),
  passwordKept: z.boolean(),
  hours: LetterHours,
  letters: z.object({
    waiting: z.number().int(),
    /** Of the last day. */
    sent: z.number().int(),
    failed: z.number().int(),
  }),
})
export type MailSettings = z.output<typeof MailSettings>

export const getMail = endpoint({
  method: 'GET',
  path: '/mail',
  summary: "The company's mail: its account, the hours of letters, how many wait",
  output: MailSettings,
})
export const putMail = endpoint({
  method: 'PUT',
  path: '/mail',
  summary: 'Sets the SMTP account',
  input: MailAccount.extend({ password }),
  output: MailSettings,
})
export const deleteMail = endpoint({
  method: 'DELETE',
  path: '/mail',
  summary: 'Forgets the account: no letter leaves any more',
  output: MailSettings,
})
export const patchLetterHours = endpoint({
  method: 'PATCH',
  path: '/mail/hours',
  summary: 'Sets when letters leave',
  input: LetterHours.partial(),
  output: MailSettings,
})
export const testMail = endpoint({
  method: 'POST',
  path: '/mail/test',
  summary: 'Sends a test letter at once; 422 says in one sentence what was in the way',
  input: z.object({ address: z.email().max(254) }),
  output: z.object({ messageId: z.string() }),
})

export const SentLetter = z.object({
  id: z.uuid(),
  address: z.string(),
  name: z.string(),
  subject: z.string(),
  status: z.enum(['waiting', 'sending', 'sent', 'failed']),
  tries: z.number().int(),
  nextTryAt: z.string(),
  problem: z.string().nullable(),
  createdAt: z.string(),
  sentAt: z.string().nullable(),
})
export const listLetters = endpoint({
  method: 'GET',
  path: '/mail/letters',
  summary:
    'Letters on their way and sent, the newest first; what is in them stays between the base and the person',
  input: z.object({
    status: z.enum(['waiting', 'sent', 'failed']).optional(),
    cursor: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(100).default(20),
  }),
  output: pageOf(SentLetter),
})
