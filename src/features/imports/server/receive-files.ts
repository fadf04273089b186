import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { uploadFields } from '#features/imports/contract.ts'
import { languageOf, parseInput, Problem } from '#server/http/problem.ts'
import { interrupted, noDisk, noFile, notMultipart, tooLarge } from './refusals.ts'

export interface ReceivedFile {
  name: string
  /** A temporary file, gone when the request is. */
  path: string
}

const largest = 2 * 1024 ** 3

/**
 * Takes in all files of an upload before anything is written to the base: a slow sender holds no transaction open.
 * @throws Problem 413, 415, 422
 */
export async function receiveFiles(
  request: FastifyRequest,
): Promise<{ files: ReceivedFile[]; fields: z.output<typeof uploadFields> }> {
  if (!request.isMultipart()) throw notMultipart()
  const { files: saved, values } = await save(request)
  const files = saved.filter(({ fieldname }) => fieldname === 'file')
  if (files.length === 0) throw noFile()
  const ownerId = values.ownerId?.value
  const given = typeof ownerId === 'string' && ownerId !== '' ? { ownerId } : {}
  return {
    files: files.map(({ filename, filepath }) => ({ name: cleanName(filename), path: filepath })),
    fields: parseInput(uploadFields, given, languageOf(request)),
  }
}

async function save(request: FastifyRequest) {
  try {
    return (await request.saveRequestFiles({
      limits: { fileSize: largest, files: 20, fields: 10, fieldSize: 1000 },
      // Browsers send names in UTF-8; the plugin would read Latin letters from them.
      defParamCharset: 'utf8',
    } as Parameters<FastifyRequest['saveRequestFiles']>[0])) as unknown as Saved
  } catch (error) {
    throw refusalOf(error)
  }
}

interface Saved {
  files: { fieldname: string; filename: string; filepath: string }[]
  values: Record<string, { value?: unknown } | undefined>
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Problem) return error
  const { code } = error as { code?: string }
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge()
  if (code === 'ENOSPC' || code === 'EDQUOT') return noDisk()
  return interrupted()
}

/** A name without folders and control characters. */
const cleanName = (name: string) =>
  name
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .toWellFormed()
    .trim()
    .slice(0, 200) || 'file'
