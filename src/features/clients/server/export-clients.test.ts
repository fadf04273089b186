import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'

const world = testWorld()

async function outputOf(jobId: string): Promise<Buffer> {
  for (let tries = 0; tries < 100; tries++) {
    const [job] = await world.sql<{ status: string; problem: unknown }>(
      'select status, problem from jobs where id = $1',
      [jobId],
    )
    if (job!.status === 'done') break
    if (job!.status === 'failed') throw new Error(JSON.stringify(job!.problem))
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const chunks = await world.sql<{ data: Buffer }>(
    'select data from job_outputs where job_id = $1 order by seq',
    [jobId],
  )
  return Buffer.concat(chunks.map((chunk) => chunk.data))
}

test('an export holds exactly what its author may see under the filter, and the journal keeps it', async () => {
  const head = await world.person('head')
  const manager = await world.person('manager')
  const other = await world.person('manager')
  await world.sql('update users set may_export = true where id = $1', [manager.id])
  await manager.post('/clients', {
    name: '=Своя; "фирма"',
    region: 'Тверь',
    contacts: [{ kind: 'phone', value: '8 916 216-43-58' }],
  })
  await manager.post('/clients', { name: 'Не по фильтру', region: 'Псков' })
  await other.post('/clients', { name: 'Чужая фирма', region: 'Тверь' })
  const ask = {
    format: 'csv',
    columns: ['name', 'phone', 'owner', 'created', 'phone:рабочий', 'nonsense'],
    region: ['Тверь'],
  }
  const mine = await manager.post('/clients/exports', ask)
  expect(mine.status).toBe(202)
  const lines = (await outputOf(mine.body.jobId)).toString().split('\r\n')
  expect(lines[0]).toMatch(
    /^\uFEFFНаименование;Телефон;Ответственный;Создан;Телефон, рабочий;Выгрузка: .+, № [0-9a-f-]{36}$/,
  )
  expect(lines[1]).toContain(`"'=Своя; ""фирма""";+7 (916) 216-43-58;${manager.name};`)
  expect(lines).toHaveLength(3)
  const all = await head.post('/clients/exports', ask)
  expect((await outputOf(all.body.jobId)).toString()).toContain('Чужая фирма')
  const journal = await world.sql<{ details: { count: number } }>(
    `select details from change_sets where act = 'export' and author_id = $1`,
    [manager.id],
  )
  expect(journal.map((row) => row.details.count)).toEqual([1])
})

test('without the right of export there is none', async () => {
  const manager = await world.person('manager')
  const answer = await manager.post('/clients/exports', { format: 'xlsx', columns: ['name'] })
  expect(answer.status).toBe(403)
  expect(answer.body.type).toBe('no-export-right')
})

test('a job of one person is not another one’s', async () => {
  const head = await world.person('head')
  const second = await world.person('head')
  const { body } = await head.post('/clients/exports', { format: 'xlsx', columns: ['name'] })
  const xlsx = await outputOf(body.jobId)
  expect(xlsx.subarray(0, 2).toString()).toBe('PK')
  const seen = await world.sql('select 1 from jobs where id = $1 and user_id = $2', [body.jobId, second.id])
  expect(seen).toEqual([])
})
