import { randomInt } from 'node:crypto'
import { hashRaw } from '@node-rs/argon2'
import { passwordCost } from './passwords.ts'

const count = 10
/** Without letters and figures that are taken for each other. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten codes for the day the telephone is lost: `k7m2q-x9dfa`, 49 bits of chance each. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: count }, () => {
    const letters = Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
    return `${letters.slice(0, 5)}-${letters.slice(5)}`
  })

/** Hashed like a password; the salt is the person's, so that one hash finds the code among the ten. */
export const hashRecoveryCode = (code: string, salt: Buffer): Promise<Buffer> =>
  hashRaw(plain(code), { ...passwordCost, salt })

/** However it was typed: with spaces, a hyphen, in capitals. */
const plain = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, '')

/** Whether a text can be one; what cannot is not worth the slow hashing. */
export const looksLikeRecoveryCode = (text: string) => plain(text).length === 10
