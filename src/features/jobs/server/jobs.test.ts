import { expect, test, beforeAll } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let other: Person
beforeAll(async () => {
  manager = await world.person('manager')
  other = await world.person('manager')
})

const job = async (fields: { kind?: string; status?: string; result?: object; problem?: object } = {}) =>
  (
    await world.sql<{ id: string }>(
      `insert into jobs (user_id, kind, status, result, problem) values ($1, $2, $3, $4, $5) returning id`,
      [
        manager.id,
        fields.kind ?? 'probe',
        fields.status ?? 'running',
        fields.result ?? null,
        fields.problem ?? null,
      ],
    )
  )[0]!.id

test('own jobs come page by page, the newest first, narrowed by kind; those of others do not', async () => {
  const ids = [await job(), await job({ kind: 'clients.export' }), await job()]
  const first = (await manager.get('/jobs?limit=2')).body
  expect(first.items.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]])
  const second = (await manager.get(`/jobs?limit=2&cursor=${first.nextCursor}`)).body
  expect(second).toMatchObject({ items: [{ id: ids[0] }], nextCursor: null })
  expect((await manager.get('/jobs?kind=clients.export')).body.items).toHaveLength(1)
  expect((await other.get('/jobs')).body.items).toEqual([])
  expect((await world.stranger.get('/jobs')).status).toBe(401)
  expect((await manager.get('/jobs?limit=x')).status).toBe(422)
})

test('a job says in the language of its person why it failed', async () => {
  const id = await job({ status: 'failed', problem: { ru: 'Файл пуст.', en: 'The file is empty.' } })
  expect((await manager.get(`/jobs/${id}`)).body).toMatchObject({
    status: 'failed',
    problem: 'Файл пуст.',
    total: null,
  })
  const english = await manager.call('GET', `/jobs/${id}`, undefined, { 'accept-language': 'en' })
  expect(english.body.problem).toBe('The file is empty.')
})

test('a job of somebody else is not found, cancelled or downloaded', async () => {
  const id = await job({ status: 'done', result: { file: { name: 'a.csv', mediaType: 'text/csv' } } })
  await world.sql(`insert into job_outputs values ($1, 0, 'secret')`, [id])
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/cancellation'],
    ['GET', '/output'],
  ] as const) {
    expect((await other.call(method, `/jobs/${id}${path}`)).status).toBe(404)
    expect((await world.stranger.call(method, `/jobs/${id}${path}`)).status).toBe(401)
  }
  expect((await manager.get('/jobs/not-an-id')).status).toBe(404)
})

test('a waiting job is cancelled at once, a running one is asked to stop, an ended one stays as it is', async () => {
  const [waiting, running, done] = [
    await job({ status: 'queued' }),
    await job(),
    await job({ status: 'done', result: {} }),
  ]
  expect((await manager.post(`/jobs/${waiting}/cancellation`)).body).toMatchObject({ status: 'cancelled' })
  expect((await manager.post(`/jobs/${running}/cancellation`)).body).toMatchObject({
    status: 'running',
    finishedAt: null,
  })
  expect(await world.sql('select cancelled from jobs where id = $1', [running])).toEqual([
    { cancelled: true },
  ])
  expect((await manager.post(`/jobs/${done}/cancellation`)).body).toMatchObject({ status: 'done' })
})

test('what a job made is downloaded whole, under its own name, never opened in place', async () => {
  const id = await job({
    status: 'done',
    result: { file: { name: 'Клиенты "2026"\r\n.csv', mediaType: 'text/csv; charset=utf-8' } },
  })
  await world.sql(
    `insert into job_outputs select $1, n, convert_to(repeat('строка ' || n || E'\\n', 1000), 'UTF8') from generate_series(0, 4) n`,
    [id],
  )
  const answer = await manager.get(`/jobs/${id}/output`)
  expect(answer.status).toBe(200)
  expect(answer.raw.toString()).toBe([0, 1, 2, 3, 4].map((n) => `строка ${n}\n`.repeat(1000)).join(''))
  expect(answer.headers['content-length']).toBe(String(answer.raw.length))
  expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(answer.headers['x-content-type-options']).toBe('nosniff')
  expect(answer.headers['content-disposition']).toBe(
    `attachment; filename="_______ _2026___.csv"; filename*=UTF-8''%D0%9A%D0%BB%D0%B8%D0%B5%D0%BD%D1%82%D1%8B%20%222026%22__.csv`,
  )
})

test('a job that made no file has nothing to download', async () => {
  expect((await manager.get(`/jobs/${await job()}/output`)).status).toBe(404)
})
