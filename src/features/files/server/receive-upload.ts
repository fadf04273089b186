import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { largestFile, uploadFields } from '#features/files/contract.ts'
import { languageOf, parseInput, Problem } from '#server/http/problem.ts'
import { isProgram, mediaTypeOf } from './media-type.ts'
import { interrupted, isProgramFile, noDisk, noFile, notMultipart, tooLarge } from './refusals.ts'

export interface Upload {
  name: string
  mediaType: string
  size: number
  sha256: Buffer
  fields: z.output<typeof uploadFields>
  /** The content in pieces of `chunkSize`, from a temporary file that is gone when the request is. */
  chunks(): AsyncGenerator<Buffer>
}

/** Bytes of one row of file_chunks. */
export const chunkSize = 256 * 1024

/**
 * Takes in a whole multipart upload before anything is written to the base: a slow sender holds no transaction open.
 * @throws Problem 413, 415, 422
 */
export async function receiveUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw notMultipart()
  // The form around the file is some hundreds of bytes: what is plainly too large is told before it is taken in.
  if (Number(request.headers['content-length']) > largestFile + 64 * 1024) throw tooLarge()
  const { filename, filepath, fieldname, values } = await spool(request)
  if (fieldname !== 'file') throw noFile()
  const { size, sha256, head } = await measure(filepath)
  const name = cleanName(filename)
  if (size === 0) throw noFile()
  if (isProgram(name, head)) throw isProgramFile()
  const fields = parseInput(uploadFields, values, languageOf(request))
  return { name, mediaType: mediaTypeOf(head), size, sha256, fields, chunks: () => piecesOf(filepath) }
}

/** The plugin removes what it saved when the response ends or the connection breaks. */
async function spool(request: FastifyRequest) {
  try {
    const { files, values } = await request.saveRequestFiles({
      limits: { fileSize: largestFile, files: 1, fields: 10, fieldSize: 1000 },
      // Browsers send names in UTF-8; the plugin would read Latin letters from them.
      defParamCharset: 'utf8',
    } as Parameters<FastifyRequest['saveRequestFiles']>[0])
    const file = files[0]
    if (!file) throw noFile()
    return { ...file, values: plainFields(values as unknown as Record<string, { value?: unknown }>) }
  } catch (error) {
    throw refusalOf(error)
  }
}

const plainFields = (values: Record<string, { value?: unknown }>) =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, field]) => typeof field.value === 'string' && field.value !== '')
      .map(([name, field]) => [name, field.value]),
  )

function refusalOf(error: unknown): unknown {
  if (error instanceof Problem) return error
  const { code } = error as { code?: string }
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge()
  if (code === 'ENOSPC' || code === 'EDQUOT') return noDisk()
  if (code === 'FST_FILES_LIMIT') return noFile()
  return interrupted()
}

async function measure(path: string) {
  const hash = createHash('sha256')
  let size = 0
  let head: Buffer = Buffer.alloc(0)
  for await (const piece of piecesOf(path)) {
    if (size === 0) head = Buffer.from(piece.subarray(0, 16))
    size += piece.length
    hash.update(piece)
  }
  return { size, sha256: hash.digest(), head }
}

async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const file = await open(path)
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/** A name without folders and control characters, as long as file systems take. */
const cleanName = (name: string) => {
  const base = name
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  if (base === '') return 'file'
  if (base.length <= 200) return base
  const ending = /\.[^.]{1,10}$/.exec(base)?.[0] ?? ''
  return base.slice(0, 200 - ending.length) + ending
}
