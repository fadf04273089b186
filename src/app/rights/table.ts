import { randomUUID } from 'node:crypto'
import { indicators } from '#features/indicators/contract.ts'
import { dayFigures } from '#features/day-sheets/contract.ts'
import type { Foreign } from './foreign-record.ts'
import type { Situation, SituationName } from './situations.ts'

/** In the order of the statuses below. The two scoped roles are of another team than the record's owner and may export. */
export const askers = ['stranger', 'manager', 'team-head', 'admin', 'head'] as const
export type Asker = (typeof askers)[number]

export interface Rule {
  /** Statuses for stranger, manager, team head, admin, head: `401 404 404 403 200`. */
  expect: string
  /** Path, query and body as one flat object, aimed at the foreign record. Several: each is asked. */
  ask?: (foreign: Foreign, asker: Asker) => Record<string, unknown> | Record<string, unknown>[]
  /** Where who stands in, shares or inherits is answered otherwise than `expectedOf` derives: by situation, or by what it lets one do. */
  situations?: Partial<Record<SituationName | Situation['can'], number | number[]>>
  /** Sent as multipart/form-data with this file instead. */
  file?: string
  /** Tells the asker what he asked for before: asked about a record of its own. */
  remembers?: true
  /** The call ends the asker's session: asked by persons made for it. */
  fresh?: boolean
}

const everybody = '401 200 200 200 200'
const staff = '401 403 403 200 200'
const headsOnly = '401 403 403 403 200'
const ofClients = '401 200 200 403 200'
/** One record: not there for who does not see it; for an admin none is. */
const record = '401 404 404 404 200'
/** Of its person alone: the head neither. */
const personal = '401 404 404 404 404'

/** Of the one who made it: who sees the client sees it no more for that. */
const ofHisMaker = { read: 404, work: 404, former: 200 }
/** An act is seen by its author, his heads and who stands in for him; of an act on what is no longer his he sees no row. */
const hisActs = { shared: 404, heir: 404, former: 200 }

const client = ({ clientId }: Foreign) => ({ id: clientId })
const contact = ({ contactId }: Foreign) => ({ id: contactId })
const activity = ({ activityId }: Foreign) => ({ id: activityId })
const file = ({ fileId }: Foreign) => ({ id: fileId })
const job = ({ jobId }: Foreign) => ({ id: jobId })
const view = ({ viewId }: Foreign) => ({ id: viewId })
const owner = ({ ownerId }: Foreign) => ({ id: ownerId })
const load = ({ importId }: Foreign) => ({ id: importId })
const deletion = ({ activityDeletionId }: Foreign) => ({ id: activityDeletionId })
const snapshot = ({ snapshotId }: Foreign) => ({ id: snapshotId })
const fillRequest = ({ fillRequestId }: Foreign) => ({ id: fillRequestId })
const exportRequest = ({ exportRequestId }: Foreign) => ({ id: exportRequestId })
const days = { from: '2020-01-01', to: '2100-01-01' }
const nobody = () => ({ id: randomUUID() })
const label = () => `новый ${randomUUID()}`

/** Every way to narrow a list to the foreign record. */
const filters = (foreign: Foreign) => [
  {},
  { search: foreign.name },
  { search: foreign.phone },
  { search: foreign.email },
  { search: foreign.inn },
  { search: foreign.inn.slice(2, 8) },
  { owner: foreign.ownerId },
  { archived: true },
  { forgotten: true },
  { where: JSON.stringify([{ field: 'inn', op: 'is', value: foreign.inn }]) },
  { where: JSON.stringify([{ field: 'phone', op: 'contains', value: foreign.phone.slice(3) }]) },
  { where: JSON.stringify([{ field: 'person', op: 'contains', value: 'Невидимкин' }]) },
]
const sorts = ['name', '-changed', 'region', 'stage', 'owner', 'nextPlan', 'comment'].map((sort) => ({
  sort,
  limit: 500,
}))
const reports = (foreign: Foreign) => [
  { groupBy: 'manager,region' },
  { groupBy: 'team,category', kinds: 'phone,email,address,messenger' },
  { groupBy: 'source,stage', owner: foreign.ownerId },
  { object: 'persons', search: foreign.name },
]
const periods = ({ ownerId }: Foreign) => {
  const period = { from: '2020-01-01', to: '2100-01-01' }
  return [period, { ...period, user: ownerId }]
}
const drills = (foreign: Foreign) => [
  ...reports(foreign).map(({ groupBy: _, ...ask }) => ask),
  { groupBy: 'manager', group: foreign.ownerId },
  {
    groupBy: 'region',
    group: `Глушь${foreign.name.replace('Скрытница', '')}`,
    kind: 'phone',
    state: 'valid',
  },
]

const sheetDays = ({ ownerId }: Foreign) => {
  const today = new Date().toISOString().slice(0, 10)
  const days = { from: today, to: today }
  return [days, { ...days, user: ownerId }, { from: '2026-11-20', to: '2026-11-27', user: ownerId }]
}

/**
 * What every endpoint answers whom about somebody else's record. An endpoint that is not here fails the test of rights: say here
 * whom it answers, and aim `ask` at the record.
 */
export const table: Record<string, Rule> = {
  // People
  'GET /me': { expect: everybody },
  'PATCH /me': { expect: everybody, ask: () => ({ language: 'ru' }) },
  'PUT /me/password': {
    expect: '401 422 422 422 422',
    ask: () => ({ current: 'not mine', next: 'a very long password' }),
  },
  'GET /users': { expect: everybody },
  'POST /users': {
    expect: '401 403 403 201 201',
    ask: () => ({ email: `${randomUUID()}@example.test`, name: 'Новый', role: 'manager' }),
  },
  'PATCH /users/:id': { expect: staff, ask: (foreign) => ({ ...owner(foreign), mayExport: false }) },
  'POST /users/:id/links': { expect: '401 403 403 201 201', ask: owner },
  'GET /teams': { expect: everybody },
  'POST /teams': { expect: '401 403 403 201 201', ask: () => ({ name: label() }) },
  'PATCH /teams/:id': { expect: '401 403 403 404 404', ask: () => ({ ...nobody(), name: 'x' }) },
  'DELETE /teams/:id': { expect: '401 403 403 404 404', ask: nobody },
  'POST /session': {
    expect: '401 401 401 401 401',
    ask: () => ({ email: `${randomUUID()}@example.test`, password: 'wrong' }),
  },
  'DELETE /session': { expect: '401 204 204 204 204', fresh: true },
  // By an API token nobody looks through another's eyes.
  'PUT /session/look': { expect: '401 403 403 403 403', ask: ({ ownerId }) => ({ userId: ownerId }) },
  'DELETE /session/look': { expect: '401 204 204 204 204' },
  'GET /sessions': { expect: everybody },
  'DELETE /sessions/:id': { expect: personal, ask: ({ sessionId }) => ({ id: sessionId }) },
  'POST /tokens': { expect: '401 201 201 201 201', ask: () => ({ name: 'x' }) },
  'GET /invitations/:token': { expect: '404 404 404 404 404', ask: () => ({ token: 'made-up' }) },
  'POST /invitations/:token/acceptance': {
    expect: '404 404 404 404 404',
    ask: () => ({ token: 'made-up', password: 'a very long password' }),
  },

  // Single sign-on
  'GET /sign-in-ways': { expect: '200 200 200 200 200' },
  'GET /provider/sign-in': { expect: '404 404 404 404 404' },
  'GET /provider/return': { expect: '404 404 404 404 404', ask: () => ({ state: 'made-up' }) },
  'GET /group-rules': { expect: staff },
  'PUT /group-rules': {
    expect: staff,
    ask: () => ({ rules: [], otherwise: null, trustsProviderFactor: false }),
  },
  'PUT /users/:id/link-permit': { expect: '401 403 403 204 204', ask: owner },
  'DELETE /users/:id/outside-account': { expect: '401 403 403 204 204', ask: owner },
  // Signing in
  'POST /session/code': { expect: '401 401 401 401 401', ask: () => ({ code: '123456' }) },
  'POST /session/second-factor': { expect: '401 401 401 401 401' },
  'POST /session/second-factor/confirmation': {
    expect: '401 401 401 401 401',
    ask: () => ({ code: '123456' }),
  },
  'GET /session': { expect: everybody },
  'DELETE /sessions': { expect: everybody },
  'GET /me/second-factor': { expect: everybody },
  'POST /me/second-factor': { expect: '401 422 422 422 422', ask: () => ({ password: 'wrong' }) },
  'PUT /me/second-factor': { expect: '401 422 422 422 422', ask: () => ({ code: '123456' }) },
  'POST /me/second-factor/removal': {
    expect: '401 409 409 409 409',
    ask: () => ({ password: 'wrong', code: '123456' }),
  },
  'POST /me/second-factor/recovery-codes': {
    expect: '401 409 409 409 409',
    ask: () => ({ password: 'wrong', code: '123456' }),
  },
  'GET /second-factors': { expect: staff },
  'DELETE /users/:id/second-factor': { expect: '401 403 403 404 404', ask: owner },
  'GET /sign-in-rules': { expect: staff },
  'PATCH /sign-in-rules': { expect: '401 403 403 403 200', ask: () => ({ idleMinutes: 720 }) },
  'GET /sign-ins': {
    expect: everybody,
    ask: ({ ownerId }) => [{}, { user: ownerId }, { user: ownerId, kind: 'token-new-address' }],
  },
  'GET /me/new-devices': { expect: everybody },
  'POST /me/new-devices/acknowledgement': { expect: '401 204 204 204 204' },
  'GET /denials/:token': { expect: '404 404 404 404 404', ask: () => ({ token: 'made-up' }) },
  'POST /denials/:token': { expect: '404 404 404 404 404', ask: () => ({ token: 'made-up' }) },

  // Company
  'GET /company': { expect: everybody },
  'PATCH /company': { expect: staff, ask: () => ({ cityCode: '495' }) },
  'GET /setup': { expect: '200 200 200 200 200' },
  'POST /setup': {
    expect: '409 409 409 409 409',
    ask: () => ({
      name: 'Чужая',
      timeZone: 'Europe/Moscow',
      cityCode: '495',
      language: 'ru',
      head: { name: 'Чужой', email: 'x@example.test', password: 'a very long password' },
    }),
  },
  'GET /network': { expect: staff },
  'PUT /network': { expect: staff, ask: () => ({ open: false }) },
  'GET /dictionaries': { expect: everybody },
  'POST /labels': { expect: '401 403 403 201 201', ask: () => ({ kind: 'phone', name: label() }) },
  'PATCH /labels/:id': { expect: '401 403 403 404 404', ask: nobody },
  'DELETE /labels/:id': { expect: '401 403 403 404 404', ask: nobody },
  'POST /choices': { expect: '401 403 403 201 201', ask: () => ({ field: 'source', name: label() }) },
  'PATCH /choices/:id': { expect: '401 403 403 404 404', ask: nobody },
  'DELETE /choices/:id': { expect: '401 403 403 404 404', ask: nobody },
  'POST /custom-fields': {
    expect: '401 403 403 201 201',
    ask: () => ({ key: `f${randomUUID().replaceAll('-', '_')}`, title: 'Поле', type: 'text' }),
  },
  'PATCH /custom-fields/:id': { expect: '401 403 403 404 404', ask: nobody },
  'DELETE /custom-fields/:id': { expect: '401 403 403 404 404', ask: nobody },

  // Jobs and views
  'GET /jobs': { expect: everybody },
  'GET /jobs/:id': { expect: personal, ask: job },
  'POST /jobs/:id/cancellation': { expect: personal, ask: job },
  'GET /jobs/:id/output': { expect: personal, ask: job },
  'GET /views': { expect: ofClients, ask: () => ({ screen: 'clients' }) },
  'POST /views': {
    expect: '401 201 201 403 201',
    ask: () => ({ screen: 'clients', name: 'x', definition: {} }),
  },
  'PATCH /views/:id': { expect: '401 404 404 404 404', ask: (foreign) => ({ ...view(foreign), name: 'x' }) },
  'DELETE /views/:id': { expect: '401 404 404 404 404', ask: view },

  // Clients
  'GET /clients': { expect: ofClients, ask: (foreign) => [...filters(foreign), ...sorts] },
  'GET /clients/count': { expect: ofClients, ask: filters },
  'GET /clients/gaps': { expect: ofClients, ask: (foreign) => [{}, { owner: foreign.ownerId }] },
  'GET /clients/duplicates': {
    expect: ofClients,
    ask: ({ phone, email, inn, name }) => [
      { phones: phone },
      { emails: email },
      { inn },
      { name: `ООО ${name}` },
      { phones: phone, inn, name },
    ],
  },
  'GET /clients/:id': { expect: record, ask: client },
  'GET /clients/:id/seats': { expect: record, ask: client },
  'GET /clients/:id/history': { expect: record, ask: client },
  'POST /clients/:id/restorations': {
    expect: record,
    situations: { shared: 409, heir: 409 },
    ask: ({ clientId, activityDeletionId, deletedActivityId }) => ({
      id: clientId,
      changeSetId: activityDeletionId,
      entity: 'activities',
      rowId: deletedActivityId,
    }),
  },
  'POST /clients': {
    expect: '401 201 201 403 201',
    ask: ({ phone, inn, name }) => ({
      name: `ООО ${name}`,
      inn,
      contacts: [{ kind: 'phone', value: phone }],
    }),
  },
  'PATCH /clients/:id': {
    expect: record,
    ask: ({ clientId, version }) => ({ id: clientId, version, comment: 'чужое' }),
  },
  'POST /clients/cells': {
    expect: ofClients,
    situations: { read: [403, 403, 403, 200, 200] },
    ask: ({ clientId, version, archivedId, name, phone, inn }) => [
      { edits: [{ id: clientId, version, field: 'comment', text: 'чужое' }] },
      { edits: [{ id: clientId, version: 0, field: 'region', text: 'чужое' }] },
      { edits: [{ id: clientId, version: 0, field: 'phone', text: '+7 495 700-00-00', seen: '' }] },
      { edits: [{ id: archivedId, version: 1, field: 'comment', text: 'чужое' }] },
      { creates: [{ cells: { name: `ООО ${name}`, inn, phone } }] },
    ],
  },
  'POST /clients/bulk-edits': {
    expect: ofClients,
    situations: { read: [403, 403] },
    ask: ({ clientId, archivedId, inn }) => [
      { ids: [clientId, archivedId], changes: [{ field: 'comment', text: 'чужое' }], expected: 2 },
      {
        filter: { where: [{ field: 'inn', op: 'is', value: inn }] },
        changes: [{ field: 'comment', text: 'чужое' }],
        expected: 1,
      },
    ],
  },
  'DELETE /clients/:id': { expect: record, ask: client },
  'DELETE /clients/:id/archival': { expect: record, ask: ({ archivedId }) => ({ id: archivedId }) },
  'POST /contacts/:id/checks': { expect: record, ask: contact },
  'POST /clients/exports': {
    expect: '401 202 202 403 202',
    ask: () => ({ format: 'csv', columns: ['name', 'inn'], language: 'ru' }),
  },

  // Timeline and files
  'GET /activities': {
    expect: ofClients,
    ask: ({ ownerId, clientId }) => [
      {},
      { user: ownerId },
      { open: true, user: ownerId },
      { client: clientId },
    ],
  },
  'GET /activities/:id': { expect: record, ask: activity },
  'POST /activities': {
    expect: '401 404 404 403 201',
    ask: ({ clientId }) => ({ clientId, kind: 'note', text: 'чужое' }),
  },
  'PATCH /activities/:id': {
    expect: record,
    ask: (foreign) => ({ ...activity(foreign), version: 1, text: 'чужое' }),
  },
  'POST /activities/:id/completion': { expect: record, ask: activity },
  'DELETE /activities/:id/completion': { expect: record, ask: activity, situations: { read: 200 } },
  'DELETE /activities/:id': { expect: record, ask: activity, situations: { shared: 403 } },
  'POST /activities/:id/restoration': {
    expect: record,
    situations: { shared: 403, heir: 403 },
    ask: ({ deletedActivityId, activityDeletionId }) => ({
      id: deletedActivityId,
      changeSetId: activityDeletionId,
    }),
  },
  'POST /activities/:id/cancellation': { expect: record, ask: activity },
  'DELETE /activities/:id/cancellation': { expect: record, ask: activity, situations: { read: 200 } },
  'POST /activities/:id/moves': {
    expect: record,
    ask: (foreign) => ({ ...activity(foreign), dueAt: '2026-12-01T09:00:00Z' }),
  },
  'GET /reminders': { expect: ofClients, ask: () => ({ limit: 100 }) },
  'PATCH /reminders/:id': {
    expect: personal,
    ask: ({ reminderId }) => ({ id: reminderId, minutes: 10 }),
  },
  'DELETE /reminders/:id': { expect: personal, ask: ({ reminderId }) => ({ id: reminderId }) },
  'GET /my-day': { expect: ofClients },
  'GET /my-day/news': { expect: ofClients },
  'PUT /my-day/news/seen': { expect: ofClients, ask: () => ({ until: '2026-11-23T09:00:00Z' }) },
  'GET /birthdays': { expect: ofClients, ask: () => ({ days: 31 }) },
  'GET /calendar': {
    expect: ofClients,
    ask: ({ ownerId }) => [
      { from: '2026-11-01', to: '2026-11-30' },
      { from: '2026-11-01', to: '2026-11-30', user: ownerId },
    ],
  },
  'GET /clients/:id/files': { expect: record, ask: client },
  'POST /clients/:id/files': { expect: '401 404 404 404 201', ask: client, file: 'чужое' },
  'GET /files/:id': { expect: record, ask: file },
  'GET /files/:id/content': { expect: record, ask: file },
  'DELETE /files/:id': { expect: record, ask: file },
  'POST /files/:id/restoration': { expect: record, ask: ({ deletedFileId }) => ({ id: deletedFileId }) },

  // Journal
  'GET /change-sets': {
    expect: ofClients,
    ask: ({ ownerId, clientId, activityDeletionId }) => [
      {},
      { author: ownerId },
      { client: clientId },
      { cursor: activityDeletionId },
      { act: 'client.create' },
    ],
  },
  'GET /change-sets/start': { expect: everybody },
  'GET /change-sets/:id': { expect: record, ask: deletion, situations: hisActs },
  'GET /change-sets/:id/rows': { expect: record, ask: deletion, situations: hisActs },
  'POST /change-sets/:id/reversal': {
    expect: record,
    ask: deletion,
    situations: { ...hisActs, 'to-work': 403 },
  },
  'GET /undo': { expect: ofClients },
  'POST /undo': { expect: '401 409 409 403 409', ask: deletion },
  'POST /redo': { expect: '401 409 409 403 409', ask: deletion },

  // Alarms are the heads' alone
  'GET /alarms': { expect: headsOnly, ask: ({ ownerId }) => [{}, { user: ownerId }, { seen: false }] },
  'GET /alarms/count': { expect: headsOnly },
  'PUT /alarms/seen': { expect: headsOnly, ask: () => ({ until: randomUUID() }) },

  // Canaries: to who is no head a client has no such thing
  'GET /canaries': { expect: headsOnly, ask: ({ clientId }) => [{}, { client: clientId }] },
  'POST /canaries': {
    expect: '401 403 403 403 201',
    ask: () => ({ userIds: [], email: 'kontrol@yandex.ru' }),
  },
  'PUT /clients/:id/canary': {
    expect: '401 404 404 404 204',
    situations: { read: 404, work: 404 },
    ask: client,
  },
  'DELETE /clients/:id/canary': { expect: '401 404 404 404 404', ask: client },

  // Masking
  'GET /masking': { expect: '401 403 403 403 200' },
  'PUT /masking': { expect: '401 403 403 403 200', ask: () => ({ roles: [] }) },
  'POST /clients/:id/contact-openings': {
    expect: '401 404 404 404 201',
    // To look at what is masked is to look.
    situations: { read: 201 },
    ask: client,
  },

  // The time machine
  'GET /clients/:id/as-of': {
    expect: record,
    ask: ({ clientId }) => ({ id: clientId, at: new Date().toISOString() }),
  },
  'POST /clients/:id/as-of/restorations': {
    expect: record,
    situations: { read: 200 },
    ask: ({ clientId }) => ({ id: clientId, at: new Date().toISOString() }),
  },
  'POST /snapshots': { expect: '401 202 202 403 202', ask: () => ({ at: new Date().toISOString() }) },
  'GET /snapshots': { expect: ofClients },
  'GET /snapshots/:id': { expect: personal, ask: snapshot },
  'GET /snapshots/:id/clients': {
    expect: personal,
    ask: (foreign) => [snapshot(foreign), { ...snapshot(foreign), change: 'changed' }],
  },
  'POST /snapshots/:id/restorations': {
    expect: personal,
    ask: (foreign) => ({ ...snapshot(foreign), clientIds: [foreign.clientId] }),
  },

  // Imports: a head sees everybody's, and leaves what is done with them to those who made them
  'POST /imports': { expect: '401 201 201 403 201', file: 'чужое' },
  'GET /imports': { expect: ofClients },
  'GET /imports/:id': { expect: record, ask: load, situations: ofHisMaker },
  'PATCH /imports/:id': {
    expect: '401 404 404 404 403',
    ask: (foreign) => ({ ...load(foreign), twins: 'create' }),
  },
  'GET /imports/:id/rows': {
    expect: record,
    situations: ofHisMaker,
    ask: (foreign) => [load(foreign), { ...load(foreign), outcome: 'error' }],
  },
  'PATCH /imports/:id/rows/:number': {
    expect: '401 404 404 404 403',
    ask: (foreign) => ({ ...load(foreign), number: 2, decision: 'create' }),
  },
  'POST /imports/:id/application': { expect: '401 404 404 404 403', ask: load },
  'POST /imports/:id/reversal': { expect: '401 404 404 404 409', ask: load },
  'POST /imports/:id/cancellation': { expect: '401 404 404 404 403', ask: load },
  'GET /imports/:id/failed.xlsx': { expect: record, ask: load, situations: ofHisMaker },

  // Reports
  'GET /reports/contact-info': { expect: ofClients, ask: reports },
  'GET /reports/contact-info/clients': { expect: ofClients, ask: drills },
  'GET /reports/contact-info/values': { expect: ofClients, ask: drills },
  'GET /reports/contact-info/values/distinct': {
    expect: ofClients,
    ask: (foreign) => drills(foreign).map((ask) => ({ ...ask, kind: 'phone' })),
  },
  'GET /reports/contact-info.xlsx': { expect: ofClients, ask: reports },
  'GET /reports/contact-info/clients.xlsx': { expect: ofClients, ask: drills },
  'GET /reports/contact-info/values.xlsx': { expect: ofClients, ask: drills },
  'GET /reports/contact-info/headline': { expect: ofClients },

  // Live
  'GET /stream': { expect: ofClients, ask: () => ({ lookback: 60 }) },
  'PUT /presence': {
    expect: '401 404 404 403 204',
    ask: ({ clientId }) => ({ clientId, field: 'name' }),
    situations: { read: 204 },
  },
  // Requests to fill in
  'GET /fill-requests/preview': {
    expect: '401 403 200 403 200',
    ask: ({ ownerId, name }) => [{ owner: ownerId, kinds: 'website' }, { search: name }],
  },
  'POST /fill-requests': {
    expect: '401 403 422 403 201',
    ask: ({ ownerId }) => ({ selection: { owner: [ownerId], kinds: ['website'] }, dueOn: '2099-01-01' }),
  },
  'GET /fill-requests': { expect: ofClients, ask: () => [{}, { closed: true }] },
  'GET /fill-requests/mine': { expect: ofClients },
  'GET /fill-requests/:id': { expect: record, ask: fillRequest, situations: { former: 200 } },
  'GET /fill-requests/:id/progress': { expect: record, ask: fillRequest, situations: { former: 200 } },
  'GET /fill-requests/:id/clients': {
    expect: record,
    situations: { former: 200 },
    ask: (foreign) => [fillRequest(foreign), { ...fillRequest(foreign), client: foreign.clientId }],
  },
  'PATCH /fill-requests/:id': {
    expect: record,
    situations: { work: 403, former: 200 },
    ask: (foreign) => ({ ...fillRequest(foreign), text: 'чужое' }),
  },
  'POST /fill-requests/:id/closure': {
    expect: record,
    ask: fillRequest,
    situations: { work: 403, former: 200 },
  },
  'DELETE /fill-requests/:id/closure': {
    expect: record,
    ask: fillRequest,
    situations: { work: 403, former: 200 },
  },
  // Indicators
  'GET /indicators': { expect: ofClients, ask: periods },
  'GET /indicators.xlsx': { expect: ofClients, ask: periods },
  'GET /indicators/records': {
    expect: ofClients,
    ask: (foreign) =>
      indicators.flatMap((indicator) => periods(foreign).map((period) => ({ ...period, indicator }))),
  },
  'GET /indicators/outcomes': { expect: ofClients, ask: periods },
  'GET /indicators/trend': {
    expect: ofClients,
    ask: (foreign) => periods(foreign).map((period) => ({ ...period, indicator: 'done' })),
  },
  'GET /indicators/funnel': { expect: ofClients, ask: periods },
  'GET /indicators/funnel/moves': { expect: ofClients, ask: periods },
  'GET /indicators/abc': { expect: '401 404 404 404 404', ask: () => ({ field: 'turnover' }) },
  'GET /indicators/abc/clients': {
    expect: '401 404 404 404 404',
    ask: () => ({ field: 'turnover', class: 'A' }),
  },

  // Mail
  'GET /mail': { expect: staff },
  'PUT /mail': {
    expect: staff,
    ask: () => ({
      host: 'localhost',
      port: 1,
      security: 'none',
      checkCertificate: true,
      userName: null,
      senderName: 'x',
      senderAddress: 'x@example.test',
      perHour: 1,
    }),
  },
  'PATCH /mail/hours': { expect: staff, ask: () => ({ morningAt: '08:00' }) },
  'POST /mail/test': { expect: '401 403 403 422 422', ask: () => ({ address: 'x@example.test' }) },
  'GET /mail/letters': { expect: staff },
  'DELETE /mail': { expect: staff },
  // Who gets new clients is the heads' alone
  'GET /distribution': { expect: '401 403 403 403 200' },
  'PUT /distribution': {
    expect: '401 403 403 403 200',
    ask: () => ({ active: false, way: 'rounds', teamIds: [], regions: [] }),
  },
  'GET /distribution/preview': { expect: '401 403 403 403 200' },
  'POST /distribution/runs': { expect: '401 403 403 403 202' },
  // Handovers
  'POST /handovers/previews': {
    expect: '401 403 403 403 200',
    ask: ({ ownerId }) => ({ fromId: ownerId, parts: [] }),
  },
  'POST /handovers': {
    expect: '401 403 403 403 201',
    ask: ({ ownerId }) => ({ fromId: ownerId, parts: [] }),
  },
  'GET /handovers': { expect: ofClients },
  'GET /handovers/:id': { expect: personal, ask: nobody },
  'POST /handovers/:id/reversal': { expect: personal, ask: nobody },

  // Day sheets
  'GET /day-sheets': { expect: ofClients, ask: sheetDays },
  'GET /day-sheets/records': {
    expect: ofClients,
    ask: (foreign) => dayFigures.flatMap((figure) => sheetDays(foreign).map((days) => ({ ...days, figure }))),
  },
  'PUT /day-sheets/:day': { expect: ofClients, ask: () => ({ day: '2026-11-23', comment: 'x' }) },
  'POST /day-sheets/:day/closure': {
    expect: '401 200 200 403 200',
    ask: () => ({ day: '2020-01-02' }),
    fresh: true,
  },
  'DELETE /day-sheets/:day/closure': {
    expect: record,
    situations: { work: 404, 'to-work': 403, former: 403 },
    ask: ({ ownerId }) => ({ day: '2026-11-22', user: ownerId }),
  },
  'GET /day-sheets.xlsx': {
    expect: ofClients,
    ask: (foreign) => sheetDays(foreign).flatMap((days) => [days, { ...days, entries: true }]),
  },
  // Who takes what
  'GET /takings': {
    remembers: true,
    expect: ofClients,
    ask: ({ ownerId }) => [days, { ...days, user: ownerId }, { ...days, road: 'failed-rows' }],
  },
  'GET /takings/:id': { expect: record, situations: ofHisMaker, ask: ({ takingId }) => ({ id: takingId }) },
  'GET /takings/summary': {
    expect: ofClients,
    ask: ({ ownerId }) => [days, { ...days, user: ownerId }],
  },
  'GET /readings': {
    expect: ofClients,
    ask: ({ ownerId }) => [days, { ...days, user: ownerId }, { ...days, user: ownerId, step: 'hour' }],
  },
  'GET /takings.xlsx': {
    remembers: true,
    expect: ofClients,
    ask: ({ ownerId }) => [days, { ...days, user: ownerId, what: 'people' }],
  },
  'GET /export-quota': { expect: ofClients },
  'POST /copies': {
    expect: '401 201 201 403 201',
    ask: ({ name }) => ({ way: 'clipboard', rows: 1, selection: { search: name } }),
  },
  'GET /export-requests': {
    expect: ofClients,
    ask: ({ ownerId }) => [{}, { user: ownerId }, { state: 'asked' }],
  },
  'GET /export-requests/:id': { expect: record, situations: ofHisMaker, ask: exportRequest },
  'POST /export-requests': {
    expect: '401 201 201 403 201',
    ask: () => ({ road: 'clients', selection: {}, columns: ['name'], rows: 5, reason: 'надо' }),
  },
  'POST /export-requests/:id/decision': {
    expect: record,
    situations: { read: 404, work: 404, former: 403 },
    ask: (foreign) => ({ ...exportRequest(foreign), approve: true }),
  },
  'GET /taking-rules': { expect: everybody },
  'PATCH /taking-rules': { expect: '401 403 403 403 200', ask: () => ({ copyRows: 200 }) },
  // Substitutions
  'POST /substitutions': {
    expect: '401 403 403 403 201',
    ask: ({ ownerId }) => ({
      absentId: ownerId,
      deputyIds: [],
      from: '2020-01-01T00:00:00Z',
      to: '2020-01-02T00:00:00Z',
    }),
  },
  'GET /substitutions': { expect: ofClients },
  'PATCH /substitutions/:id': { expect: personal, ask: nobody },
  'GET /substitutions/:id/brief': { expect: personal, ask: nobody },
  'GET /substitutions/:id/digest': { expect: personal, ask: nobody },
  'GET /clients/:id/visibility': { expect: record, ask: client },
}
