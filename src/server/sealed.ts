import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/** What is sealed for one purpose opens for no other: each has a key of its own. */
type Purpose = 'mail account' | 'second factor' | 'provider sign-in'

const keyOf = (secret: Buffer, purpose: Purpose) =>
  Buffer.from(hkdfSync('sha256', secret, '', `kartoteka ${purpose}`, 32))

/** A text under the installation's secret (AES-256-GCM): nonce, tag, cipher. */
export function seal(secret: Buffer, purpose: Purpose, text: string): Buffer {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret, purpose), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** What was sealed; null under another secret: the base was moved without its key file. */
export function unseal(secret: Buffer, purpose: Purpose, sealed: Buffer): string | null {
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret, purpose), sealed.subarray(0, nonceBytes))
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(nonceBytes + tagBytes)),
      decipher.final(),
    ]).toString('utf8')
  } catch {
    return null
  }
}
