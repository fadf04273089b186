import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'
import { ContactKind } from '#shared/verdict.ts'
import { Language, NewPassword } from '#features/people/contract.ts'

export const Company = z.object({
  name: z.string().trim().min(1).max(200),
  timeZone: z.string().min(1).max(60),
  cityCode: z.string().regex(/^\d{3,5}$/),
  language: Language,
  requiredKinds: z.array(ContactKind),
  /** Clients whose categories say nothing else are spoken to at least every so many days; null: no such rule. */
  rhythmDays: z.number().int().min(1).max(3650).nullable(),
  /** Months the journal of changes is kept for, besides the current one; null: for ever. */
  journalMonths: z.number().int().min(36).max(1200).nullable(),
  /** Whether team heads may hand clients over and set substitutions inside their team. */
  teamHeadsHandOver: z.boolean(),
})

/** What the wizard asks for; the rest begins as usual. */
export const NewCompany = Company.pick({ name: true, timeZone: true, cityCode: true, language: true })

export const getCompany = endpoint({
  method: 'GET',
  path: '/company',
  summary: 'Settings of the company',
  output: Company,
})
export const patchCompany = endpoint({
  method: 'PATCH',
  path: '/company',
  summary: 'Changes settings of the company',
  input: Company.partial(),
  output: Company,
})

/** What the first screen of a new installation needs to know; open to strangers only while nobody can sign in. */
export const getSetup = endpoint({
  method: 'GET',
  path: '/setup',
  summary: 'Whether the wizard is open',
  open: true,
  output: z.object({
    needed: z.boolean(),
    /** The wizard asks for the code printed in the console. */
    codeAsked: z.boolean(),
    language: Language,
    companyName: z.string().nullable(),
  }),
})
export const setUp = endpoint({
  method: 'POST',
  path: '/setup',
  summary: 'Makes the company and the head of a new installation, once',
  open: true,
  status: 201,
  input: NewCompany.extend({
    code: z.string().max(20).optional(),
    head: z.object({
      name: z.string().trim().min(1).max(200),
      email: z.email().max(254),
      password: NewPassword,
    }),
  }),
  output: z.object({ id: z.uuid() }),
})

/** Where colleagues reach the product; opening writes HOST into kartoteka.env and listens on the network at once. */
export const getNetwork = endpoint({
  method: 'GET',
  path: '/network',
  summary: 'Addresses colleagues reach the product at',
  output: z.object({ open: z.boolean(), addresses: z.array(z.string()) }),
})
export const openNetwork = endpoint({
  method: 'PUT',
  path: '/network',
  summary: 'Opens the product to the office network, or closes it',
  input: z.object({ open: z.boolean() }),
  output: z.object({ open: z.boolean(), addresses: z.array(z.string()) }),
})

const title = z.string().trim().min(1).max(100)
export const Label = z.object({
  id: z.uuid(),
  kind: ContactKind,
  name: title,
  synonyms: z.array(title),
  position: z.number().int(),
})
export const Choice = z.object({
  id: z.uuid(),
  field: z.enum(['source', 'stage', 'region', 'category', 'person-role', 'outcome']),
  name: title,
  position: z.number().int(),
  requiredKinds: z.array(ContactKind),
  /** Of a category: its clients are spoken to at least every so many days. */
  rhythmDays: z.number().int().min(1).max(3650).nullable(),
  /** Of an outcome: whether it means that somebody answered; null: it says nothing of that. */
  reached: z.boolean().nullable(),
  /** Of an outcome: the kinds of entry it is offered for; none: all. */
  activityKinds: z.array(z.enum(['call', 'meeting', 'letter', 'task', 'note'])),
  /** Of a stage: a client who comes to it is lost. */
  isLost: z.boolean(),
})
export const CustomField = z.object({
  id: z.uuid(),
  key: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  title,
  type: z.enum(['text', 'number', 'date', 'choice', 'flag']),
  options: z.array(title),
  searchable: z.boolean(),
  position: z.number().int(),
})
export type CustomField = z.output<typeof CustomField>

/** Dictionaries in one call: forms, grid and report are drawn from it. */
export const getDictionaries = endpoint({
  method: 'GET',
  path: '/dictionaries',
  summary: 'Labels, choices and custom fields',
  output: z.object({ labels: z.array(Label), choices: z.array(Choice), customFields: z.array(CustomField) }),
})
const made = { id: true, position: true } as const
export const addLabel = endpoint({
  method: 'POST',
  path: '/labels',
  status: 201,
  summary: 'Adds a label',
  input: Label.omit(made).partial({ synonyms: true }),
  output: Label,
})
export const patchLabel = endpoint({
  method: 'PATCH',
  path: '/labels/:id',
  summary: 'Changes a label; contacts follow its name',
  input: Label.partial().required({ id: true }),
  output: Label,
})
export const deleteLabel = endpoint({
  method: 'DELETE',
  path: '/labels/:id',
  summary: 'Deletes a label; `mergeInto`: its contacts take another',
  input: z.object({ id: z.uuid(), mergeInto: z.uuid().optional() }),
})
export const addChoice = endpoint({
  method: 'POST',
  path: '/choices',
  status: 201,
  summary: 'Adds a choice',
  input: Choice.omit(made).partial({
    requiredKinds: true,
    rhythmDays: true,
    reached: true,
    activityKinds: true,
    isLost: true,
  }),
  output: Choice,
})
export const patchChoice = endpoint({
  method: 'PATCH',
  path: '/choices/:id',
  summary: 'Changes a choice; clients follow its name',
  input: Choice.partial().required({ id: true }),
  output: Choice,
})
export const deleteChoice = endpoint({
  method: 'DELETE',
  path: '/choices/:id',
  summary: 'Takes a choice off the list; clients keep the value',
  input: z.object({ id: z.uuid() }),
})
export const addCustomField = endpoint({
  method: 'POST',
  path: '/custom-fields',
  status: 201,
  summary: 'Defines a field',
  input: CustomField.omit(made).partial({ options: true, searchable: true }),
  output: CustomField,
})
export const patchCustomField = endpoint({
  method: 'PATCH',
  path: '/custom-fields/:id',
  summary: 'Changes a field',
  input: CustomField.omit({ key: true }).partial().required({ id: true }),
  output: CustomField,
})
export const deleteCustomField = endpoint({
  method: 'DELETE',
  path: '/custom-fields/:id',
  summary: 'Deletes a field; values stay in the journal',
  input: z.object({ id: z.uuid() }),
})
