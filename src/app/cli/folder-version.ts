import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { knownSchema, NewerSchemaError } from '#server/db/migrate.ts'
import { Refusal } from '#server/refusal.ts'
import { productVersion } from '#app/kernel.ts'

interface FolderVersion {
  kartoteka: string
  schema: number
}

const fileOf = (data: string) => join(data, 'version.json')

/** Refuses a folder a newer program has worked with, before its database is touched. */
export async function checkFolderVersion(data: string): Promise<void> {
  const found = readVersion(data)
  if (found && found.schema > (await knownSchema())) throw newerFolder(data)
}

/** Notes which program works with the folder. */
export function noteFolderVersion(data: string, schema: number): void {
  const found = readVersion(data)
  if (found?.kartoteka === productVersion && found.schema === schema) return
  writeFileSync(fileOf(data), `${JSON.stringify({ kartoteka: productVersion, schema })}\n`)
}

/** The same refusal where only the base itself tells that it is newer. */
export function asNewerFolder(error: unknown, data: string): unknown {
  return error instanceof NewerSchemaError ? newerFolder(data) : error
}

const newerFolder = (data: string) =>
  new Refusal('folder-newer', {
    folder: data,
    found: readVersion(data)?.kartoteka ?? '?',
    known: productVersion,
  })

function readVersion(data: string): FolderVersion | null {
  try {
    return existsSync(fileOf(data)) ? (JSON.parse(readFileSync(fileOf(data), 'utf8')) as FolderVersion) : null
  } catch {
    return null
  }
}
