import { inflateRawSync } from 'node:zlib'
import type { Answer } from '#app/testing.ts'

/**
 * Which of these strings an answer holds anywhere: in its body, unpacked where it is a workbook, in its headers, whatever the case,
 * the escapes or the signs between the digits of a number. What the asker said himself is no leak.
 */
export function leaksOf(answer: Answer, secrets: readonly string[], asked: string): string[] {
  const said = plain(asked)
  const given = plain([JSON.stringify(answer.headers), ...textsOf(answer.raw)].join('\n'))
  return secrets.filter((secret) => holds(given, secret) && !holds(said, secret))
}

interface Plain {
  text: string
  digits: string
}

function plain(text: string): Plain {
  const readable = unescaped(text).toLowerCase().replaceAll('ё', 'е')
  return { text: readable, digits: readable.replace(/[\s()+.\-\u00a0]/g, '') }
}

function holds({ text, digits }: Plain, secret: string): boolean {
  const sought = secret.toLowerCase().replaceAll('ё', 'е')
  return text.includes(sought) || (/^\d+$/.test(sought) && digits.includes(sought))
}

/** JSON's `\uXXXX`, a header's `%D0` and XML's `&#x…;` read back. */
function unescaped(text: string): string {
  const percents = text.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
  )
  return percents
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

/** The bytes as text; of a zip (a workbook) the text of every entry instead. */
export function textsOf(raw: Buffer): string[] {
  if (raw.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004')
    return [raw.toString('utf8'), raw.toString('utf16le')]
  return [...entriesOf(raw)].flatMap(textsOf)
}

function* entriesOf(zip: Buffer): Generator<Buffer> {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)]
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(start, start + size)
    yield method === 8 ? inflateRawSync(data) : data
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}
