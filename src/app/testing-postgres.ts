import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { tmpdir } from 'node:os'
import type { TestProject } from 'vitest/node'
import { closeDatabase, openDatabase } from '#server/db/database.ts'
import { startDatabase } from '#server/db/start-database.ts'
import { migrate } from '#server/db/migrate.ts'

/**
 * Before all suites: one throwaway server with a migrated template database that every test file clones. With
 * KARTOTEKA_TEST_DATABASE_URL the template is that empty database, on a server of another version, as its superuser.
 */
export async function setup(project: TestProject) {
  const dataDir = await mkdtemp(join(tmpdir(), 'kartoteka-test-'))
  const database = await startDatabase({
    dataDir,
    secret: Buffer.alloc(32, 7),
    unsafeButFast: true,
    databaseUrl: process.env.KARTOTEKA_TEST_DATABASE_URL ?? null,
  })
  await migrate(database.owner)
  // The queue's schema belongs to the template too, or every clone would migrate it again.
  const { runMigrations } = await import('graphile-worker')
  const pools = openDatabase({ app: database.app, owner: database.owner }, { app: 1, owner: 1 })
  await runMigrations({ pgPool: pools.owner })
  await closeDatabase(pools)
  project.provide('postgres', {
    owner: database.owner,
    app: database.app,
    template: database.owner.database!,
  })
  return async () => {
    await database.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
