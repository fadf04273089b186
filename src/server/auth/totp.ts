import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const stepSeconds = 30
const digits = 6
/** A telephone's clock may be off by so many steps. */
const slack = 1
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 160 bits, as RFC 4226 recommends; in base32, as authenticators and people type it. */
export const newTotpSecret = (): string => base32(randomBytes(20))

/**
 * Which time step a code belongs to (RFC 6238, SHA-1, 6 digits, 30 s), the present one or a neighbour.
 * @param secret in base32
 * @returns undefined for a wrong code
 */
export function stepOf(secret: string, code: string, at: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const key = fromBase32(secret)
  const now = Math.floor(at.getTime() / 1000 / stepSeconds)
  const given = Buffer.from(code)
  return [now, ...Array.from({ length: slack }, (_, by) => [now - by - 1, now + by + 1]).flat()].find(
    (step) => timingSafeEqual(Buffer.from(totp(key, step)), given),
  )
}

/** The code of a moment: what the telephone would show. */
export const codeAt = (secret: string, at: Date): string =>
  totp(fromBase32(secret), Math.floor(at.getTime() / 1000 / stepSeconds))

/** What the picture says to the telephone. */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?${new URLSearchParams({ secret, issuer }).toString().replaceAll('+', '%20')}`
}

/** HOTP of a step (RFC 4226, 5.3). */
export function totp(key: Buffer, step: number, length = digits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', key).update(counter).digest()
  const from = mac.at(-1)! & 0xf
  const number = mac.readUInt32BE(from) & 0x7fff_ffff
  return String(number % 10 ** length).padStart(length, '0')
}

export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)]).join('')
}

export function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
}
