import type { previewTypes } from '#features/files/contract.ts'

type Preview = (typeof previewTypes)[number]

/** A file begins so: bytes as latin-1 text, at an offset. */
const signatures: readonly { type: Preview; at: number; bytes: string }[] = [
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/webp', at: 8, bytes: 'WEBP' },
  { type: 'application/pdf', at: 0, bytes: '%PDF-' },
]

export const unknownType = 'application/octet-stream'

/** Tells pictures and PDF by their first bytes; what the sender claims is not believed, so that a page cannot pass for a picture. */
export function mediaTypeOf(head: Buffer): string {
  const text = head.toString('latin1', 0, 16)
  const found = signatures.find(({ at, bytes }) => text.startsWith(bytes, at))
  if (found?.type === 'image/webp' && !text.startsWith('RIFF')) return unknownType
  return found?.type ?? unknownType
}

const programs = new Set(
  'exe com scr pif bat cmd msi msp cpl dll hta jar js jse vbs vbe wsf wsh ps1 psm1 lnk reg scf url app apk'.split(
    ' ',
  ),
)

/** Programs and scripts: a colleague would start one by a click, trusting the base. */
export function isProgram(name: string, head: Buffer): boolean {
  const ending = /\.([a-z0-9]+)[\s.]*$/i.exec(name)?.[1]?.toLowerCase()
  return (ending !== undefined && programs.has(ending)) || head.toString('latin1', 0, 2) === 'MZ'
}
