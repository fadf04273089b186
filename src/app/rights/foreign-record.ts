import { createHash } from 'node:crypto'
import type { Answer, Person, TestWorld } from '#app/testing.ts'
import { innHolds } from '#shared/check-digits.ts'

/** A client of a manager with all that can belong to one, and every string of it that no other may ever see. */
export interface Foreign {
  ownerId: string
  clientId: string
  version: number
  archivedId: string
  personId: string
  contactId: string
  activityId: string
  /** A bell of that entry: of its person alone. */
  reminderId: string
  /** An entry without a client: its person's alone. */
  privateActivityId: string
  fileId: string
  deletedFileId: string
  deletedActivityId: string
  activityDeletionId: string
  jobId: string
  viewId: string
  sessionId: string
  importId: string
  snapshotId: string
  fillRequestId: string
  takingId: string
  exportRequestId: string
  phone: string
  email: string
  inn: string
  name: string
  secrets: string[]
  /** Those of them that are the owner's alone, whoever else sees the client. */
  personal: string[]
}

let count = 0

/** Makes a client of `owner` that nobody else has anything of: every word and number of it is its own. */
export async function makeForeign(
  world: TestWorld,
  owner: Person,
  /** Colleagues who work with the client too. */
  managerIds: string[] = [],
): Promise<Foreign> {
  const word = letters(++count)
  const phone = `916555${String(1000 + count)}`
  const inn = innNumber(count)
  const email = `skryt.${latin(count)}@hidden-${latin(count)}.ru`
  const name = `Скрытница${word}`
  const secret = (start: string) => `${start}${word}`
  const made = must(
    await owner.post('/clients', {
      name: `ООО «${name}»`,
      managerIds,
      fullName: `Общество «${secret('Полночница')}»`,
      inn,
      comment: secret('Шепоток'),
      region: secret('Глушь'),
      stage: secret('Ступень'),
      source: secret('Родник'),
      categories: [secret('Тишина')],
      externalCode: secret('Шифр'),
      contacts: [
        { kind: 'phone', label: secret('Гудок'), value: `+7 ${phone}`, note: secret('Помета') },
        { kind: 'email', value: email },
        { kind: 'address', value: `г. Тверь, ул. ${secret('Потаенная')}, д. 5` },
        { kind: 'messenger', value: `@tajnik_${latin(count)}` },
      ],
      people: [
        { name: `${secret('Невидимкин')} Олег`, position: secret('Хранитель'), birthday: '1981-03-09' },
      ],
      accounts: [{ account: `4070281090000${String(1_000_000 + count)}`, bank: secret('Копилка') }],
    }),
  )
  const activity = must(
    await owner.post('/activities', {
      clientId: made.id,
      kind: 'call',
      text: secret('Молчок'),
      dueAt: '2026-11-23T09:00:00Z',
      remindBefore: [15],
    }),
  )
  const [reminder] = await world.sql<{ id: string }>('select id from reminders where activity_id = $1', [
    activity.id,
  ])
  const own = must(
    await owner.post('/activities', { kind: 'task', text: secret('Дневник'), dueAt: '2026-11-23T09:00:00Z' }),
  )
  const deleted = must(
    await owner.post('/activities', { clientId: made.id, kind: 'note', text: secret('Черновик') }),
  )
  const deletion = must(await owner.del(`/activities/${deleted.id}`))
  const file = must(await addFile(owner, made.id, secret('Потайной'), secret('Содержимое')))
  const gone = must(await addFile(owner, made.id, secret('Удаленный'), secret('Стертое')))
  must(await owner.del(`/files/${gone.id}`))
  const archived = must(await owner.post('/clients', { name: secret('Забытое'), managerIds }))
  must(await owner.del(`/clients/${archived.id}`))
  const { jobId, sessionId, importId, snapshotId } = await rowsBeside(world, owner, made.id, secret)
  const fillRequestId = await fillRequestBeside(world, owner, made.id, secret('Пополнение'))
  const { takingId, exportRequestId } = await takingsBeside(world, owner, secret)
  const view = must(
    await owner.post('/views', {
      screen: 'clients',
      name: secret('Угол'),
      definition: { q: secret('Ключ') },
    }),
  )
  const client = must(await owner.get(`/clients/${made.id}`))
  const starts =
    'Полночница Шепоток Глушь Ступень Родник Тишина Шифр Гудок Помета Потаенная Невидимкин Хранитель Копилка Молчок Дневник Черновик Потайной Содержимое Удаленный Стертое Улов Угол Ключ Забытое Загрузка Стрококлад Пополнение Унос Причина'
  return {
    ownerId: owner.id,
    clientId: made.id,
    version: client.version,
    archivedId: archived.id,
    personId: client.people[0].id,
    contactId: client.contacts[0].id,
    activityId: activity.id,
    reminderId: reminder!.id,
    privateActivityId: own.id,
    fileId: file.id,
    deletedFileId: gone.id,
    deletedActivityId: deleted.id,
    activityDeletionId: deletion.changeSetId,
    jobId,
    viewId: view.id,
    sessionId,
    importId,
    snapshotId,
    fillRequestId,
    takingId,
    exportRequestId,
    phone,
    email,
    inn,
    name,
    secrets: [
      ...starts.split(' ').map(secret),
      name,
      phone,
      inn,
      email,
      `tajnik_${latin(count)}`,
      `4070281090000${String(1_000_000 + count)}`,
      made.id,
      archived.id,
      client.people[0].id,
      activity.id,
      reminder!.id,
      own.id,
      deleted.id,
      file.id,
      gone.id,
      deletion.changeSetId,
      jobId,
      view.id,
      sessionId,
      importId,
      snapshotId,
      takingId,
      exportRequestId,
      fillRequestId,
      ...client.contacts.map(({ id }: { id: string }) => id),
    ],
    personal: [
      ...'Дневник Улов Угол Ключ Загрузка Стрококлад Унос Причина'.split(' ').map(secret),
      own.id,
      jobId,
      view.id,
      sessionId,
      importId,
      snapshotId,
      takingId,
      exportRequestId,
    ],
  }
}

const addFile = (owner: Person, clientId: string, name: string, text: string) =>
  owner.upload(`/clients/${clientId}/files`, { name: `${name}.txt`, data: Buffer.from(text) })

/** What no endpoint makes at a stroke: an ended job with a file, another session, a read import. */
async function rowsBeside(
  world: TestWorld,
  owner: Person,
  clientId: string,
  secret: (start: string) => string,
) {
  const name = secret('Улов')
  const [job] = await world.sql<{ id: string }>(
    `insert into jobs (user_id, kind, status, result) values ($1, 'clients.export', 'done', $2) returning id`,
    [owner.id, { file: { name: `${name}.csv`, mediaType: 'text/csv' } }],
  )
  await world.sql(`insert into job_outputs values ($1, 0, convert_to($2, 'UTF8'))`, [job!.id, name])
  const [session] = await world.sql<{ id: string }>(
    `insert into auth.sessions (kind, user_id, token_hash) values ('session', $1, $2) returning id`,
    [owner.id, createHash('sha256').update(name).digest()],
  )
  const [snapshot] = await world.sql<{ id: string; no: number }>(
    `insert into snapshots (user_id, at, filter, counts) values ($1, now(), $2, '{"clients":1,"changed":1,"gone":0,"appeared":0}')
     returning id, no`,
    [owner.id, { search: secret('Ключ') }],
  )
  await world.sql(`insert into snapshot_clients values ($1, 1, $2, 'changed')`, [snapshot!.no, clientId])
  return {
    jobId: job!.id,
    sessionId: session!.id,
    importId: await importBeside(world, owner, secret),
    snapshotId: snapshot!.id,
  }
}

/** A file its person took, and a request of his to take more. */
async function takingsBeside(world: TestWorld, owner: Person, secret: (start: string) => string) {
  const [taking] = await world.sql<{ id: string }>(
    `insert into takings (user_id, road, file_name, selection, rows, counted) values ($1, 'clients', $2, '{}', 3, true) returning id`,
    [owner.id, secret('Унос')],
  )
  const [request] = await world.sql<{ id: string }>(
    `insert into export_requests (user_id, road, selection, rows, reason) values ($1, 'clients', '{}', 3, $2) returning id`,
    [owner.id, secret('Причина')],
  )
  return { takingId: taking!.id, exportRequestId: request!.id }
}

/** Somebody asked for a site of this client; its owner has closed a day with a word. */
async function fillRequestBeside(world: TestWorld, owner: Person, clientId: string, text: string) {
  const [made] = await world.sql<{ id: string }>(
    `insert into fill_requests (author_id, text, columns, persons, quality, due_on, clients)
     values ($1, $2, '{website}', true, 'valid', '2026-11-23', 1) returning id`,
    [owner.id, text],
  )
  await world.sql('insert into fill_request_clients values ($1, $2, $3, 1)', [made!.id, clientId, owner.id])
  await world.sql(
    `insert into day_sheets (user_id, day, comment, figures, closed_at, closed_by) values ($1, '2026-11-22', $2, '{}', now(), $1)
     on conflict (user_id, day) do update set comment = excluded.comment, figures = '{}', closed_at = now(), closed_by = $1`,
    [owner.id, text],
  )
  return made!.id
}

/** A read table of two rows, one of them without a name. */
async function importBeside(world: TestWorld, owner: Person, secret: (start: string) => string) {
  const column = { index: 0, header: secret('Стрококлад'), target: 'name' }
  const mapping = { sheet: 0, headerRow: 1, groupRows: false, columns: [column] }
  const [made] = await world.sql<{ id: string }>(
    `insert into imports (user_id, name, size, status, mapping, columns, owner_id, matched_at)
     values ($1, $2, 1, 'ready', $3, $4, $1, now()) returning id`,
    [
      owner.id,
      `${secret('Загрузка')}.csv`,
      JSON.stringify(mapping),
      JSON.stringify([{ ...column, samples: [secret('Стрококлад')], filled: 1 }]),
    ],
  )
  const id = made!.id
  await world.sql(`insert into import_files values ($1, 0, convert_to($2, 'UTF8'))`, [
    id,
    secret('Стрококлад'),
  ])
  await world.sql('insert into import_owners (import_id, name, rows) values ($1, $2, 1)', [
    id,
    secret('Стрококлад'),
  ])
  await world.sql(
    `insert into import_rows (import_id, number, cells, problem, id, name)
     values ($1, 2, $2, null, new_id(), $2), ($1, 3, $2, 'row.nobody-named', null, null)`,
    [id, secret('Стрококлад')],
  )
  await world.sql(
    `insert into import_matches (import_id, number, leader, size, found, outcome, reason)
     values ($1, 2, 2, 1, 'doubtful', 'doubtful', 'twin.name'), ($1, 3, null, null, 'error', 'error', 'row.nobody-named')`,
    [id],
  )
  return id
}

function must({ status, body }: Answer) {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}

/** A number as letters, so that no text folded, cut or sorted turns one record's word into another's. */
const letters = (n: number) =>
  [...String(n).padStart(3, '0')].map((digit) => 'бвгджзклмн'[Number(digit)]).join('') + 'ъ'
const latin = (n: number) =>
  [...String(n).padStart(3, '0')].map((digit) => 'bcdfghklmn'[Number(digit)]).join('') + 'q'

function innNumber(n: number): string {
  const start = `7731${String(50_000 + n)}`
  return Array.from({ length: 10 }, (_, digit) => `${start}${digit}`).find(innHolds)!
}
