import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'

/** Bytes a file may have: 25 MB. */
export const largestFile = 25 * 1024 * 1024

/** Shown inside the page; everything else is only ever downloaded. */
export const previewTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'] as const

/** A file on a client, one of his people or an entry of his timeline. */
export const ClientFile = z.object({
  id: z.uuid(),
  clientId: z.uuid(),
  personId: z.uuid().nullable(),
  activityId: z.uuid().nullable(),
  name: z.string(),
  /** Told from the content where it is a picture or PDF, else `application/octet-stream`. */
  mediaType: z.string(),
  /** Bytes. */
  size: z.number().int(),
  /** Hexadecimal. */
  sha256: z.string(),
  createdAt: z.string(),
  createdBy: z.uuid().nullable(),
})
export type ClientFile = z.output<typeof ClientFile>

const id = z.object({ id: z.uuid() })

export const uploadFields = z.object({ personId: z.uuid().optional(), activityId: z.uuid().optional() })
/** The part `file` of multipart/form-data is the content; `personId` and `activityId` are fields beside it, in any order. */
export const addFile = endpoint({
  method: 'POST',
  path: '/clients/:id/files',
  summary: 'Attaches a file of up to 25 MB (multipart/form-data: file, personId?, activityId?)',
  status: 201,
  input: id,
  upload: uploadFields,
  output: ClientFile,
})

export const listFiles = endpoint({
  method: 'GET',
  path: '/clients/:id/files',
  summary: 'Files of a client, his people and his timeline, the latest first',
  input: id,
  output: z.array(ClientFile),
})
export const getFile = endpoint({
  method: 'GET',
  path: '/files/:id',
  summary: 'What is known of a file',
  input: id,
  output: ClientFile,
})
export const getFileContent = endpoint({
  method: 'GET',
  reads: 'file',
  path: '/files/:id/content',
  summary: 'The file itself; inline only a picture or PDF',
  input: id.extend({ inline: z.stringbool().or(z.boolean()).optional() }),
  output: z.any(),
})
export const deleteFile = endpoint({
  method: 'DELETE',
  path: '/files/:id',
  summary: 'Deletes a file; restorable for 30 days',
  input: id,
  output: z.object({ changeSetId: z.uuid() }),
})
export const restoreFile = endpoint({
  method: 'POST',
  path: '/files/:id/restoration',
  summary: 'Brings a deleted file back',
  input: id,
  output: ClientFile,
})
