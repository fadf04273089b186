import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { settled, uploaded } from './testing-import.ts'

const world = testWorld()

const table = (start: number, rows: number) =>
  `Клиент;Телефон\n${Array.from({ length: rows }, (_, row) => `ООО "Звено-${start + row}";8916${3_000_000 + start + row}\n`).join('')}`
const clientsOf = (userId: string) => world.sql('select 1 from clients where owner_id = $1', [userId])

/** Ends the database's connection that writes an import, at the moment it writes. */
async function breakWriting(): Promise<boolean> {
  for (let tries = 0; tries < 2000; tries++) {
    const [hit] = await world.sql(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state = 'active' and query like '%write_import_part%'`,
    )
    if (hit) return true
    await pause(2)
  }
  return false
}

test('a connection lost while an import is written leaves nothing of it, and it can be applied again', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, table(0, 3000))
  await manager.post(`/imports/${ready.id}/application`)
  expect(await breakWriting()).toBe(true)
  const broken = await settled(manager, ready.id)
  expect(broken).toMatchObject({ status: 'failed', changeSetId: null })
  expect(broken.problem).toMatch(/ничего не записано/)
  expect(await clientsOf(manager.id)).toEqual([])
  expect((await manager.post(`/imports/${ready.id}/application`)).status).toBe(202)
  expect((await settled(manager, ready.id)).status).toBe('applied')
  expect(await clientsOf(manager.id)).toHaveLength(3000)
})

test('an import a killed process was writing is carried on by the next one', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, table(10_000, 5))
  // The state a kill leaves: the job runs by its row, its queue entry is given out again.
  const [job] = await world.sql<{ id: string }>(
    `insert into jobs (user_id, kind, payload, status, started_at) values ($1, 'imports.apply', $2, 'running', now()) returning id`,
    [manager.id, { importId: ready.id }],
  )
  await world.sql(`update imports set status = 'applying', job_id = $2 where id = $1`, [ready.id, job!.id])
  await world.sql(
    `select graphile_worker.add_job('job', json_build_object('id', $1::uuid, 'userId', $2::uuid))`,
    [job!.id, manager.id],
  )
  expect((await settled(manager, ready.id)).status).toBe('applied')
  expect(await clientsOf(manager.id)).toHaveLength(5)
})

test('a cancel while an import is written rolls it back', async () => {
  const manager = await world.person('manager')
  const ready = await uploaded(manager, table(20_000, 3000))
  await manager.post(`/imports/${ready.id}/application`)
  const cancelled = await manager.post(`/imports/${ready.id}/cancellation`)
  expect(cancelled.body.status).toBe('cancelled')
  for (let tries = 0; tries < 200; tries++) {
    const [job] = await world.sql<{ status: string }>(
      `select status from jobs where user_id = $1 and kind = 'imports.apply'`,
      [manager.id],
    )
    if (job!.status === 'cancelled' || job!.status === 'done') break
    await pause(50)
  }
  expect(await clientsOf(manager.id)).toEqual([])
  expect((await manager.get(`/imports/${ready.id}`)).body).toMatchObject({
    status: 'cancelled',
    changeSetId: null,
  })
})
