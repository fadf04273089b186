import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { previewTypes } from '#features/files/contract.ts'
import type { Tx } from '#server/db/tx.ts'
import { Raw } from '#server/http/route.ts'
import { unknownType } from './media-type.ts'
import { contentOf, findFile } from './queries.ts'

/** Streams the content under headers that let nothing in it act: a script in a downloaded page has no origin to act in. */
export async function sendFile(tx: Tx, id: string, inline: boolean, reply: FastifyReply): Promise<Raw> {
  const file = await findFile(tx, id)
  const shown = (previewTypes as readonly string[]).includes(file.mediaType)
  reply.header('content-length', file.size)
  reply.header(
    'content-disposition',
    `${inline && shown ? 'inline' : 'attachment'}; ${dispositionName(file.name)}`,
  )
  reply.header('x-content-type-options', 'nosniff')
  reply.header('content-security-policy', policyOf(file.mediaType))
  reply.header('cache-control', 'private, no-store')
  const content = Readable.from(contentOf(tx, file), { objectMode: false, highWaterMark: 1024 * 1024 })
  return new Raw(content, shown ? file.mediaType : unknownType)
}

// Chromium shows no PDF inside a sandbox; its viewer runs nothing of ours.
const policyOf = (mediaType: string) =>
  `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'${mediaType === 'application/pdf' ? "; object-src 'self'" : '; sandbox'}`

/** `filename` for old readers in Latin letters, `filename*` for the rest (RFC 6266, 5987). */
function dispositionName(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `filename="${plain}"; filename*=UTF-8''${encoded}`
}
