import { innHolds } from '#shared/check-digits.ts'
import type { Random } from './random.ts'

type Kind = 'organization' | 'entrepreneur' | 'person'

/** Made-up tax numbers whose check digits hold. */
export const accountDigits = {
  /** @param tail 7 digits for an organization, 8 for a person */
  inn(tax: string, tail: string, kind: Kind): string {
    if (kind === 'organization') return endingThatHolds(tax + tail)
    const body = tax + tail
    for (let tens = 0; tens < 10; tens++) {
      for (let ones = 0; ones < 10; ones++) {
        const inn = `${body}${tens}${ones}`
        if (innHolds(inn)) return inn
      }
    }
    throw new Error(`no check digits for ${body}`)
  },
  /** ОГРН of 13 digits, ОГРНИП of 15. */
  ogrn(tax: string, random: Random, kind: Kind): string {
    const body =
      kind === 'organization'
        ? `1${random.digits(2)}${tax}${random.digits(7)}`
        : `3${random.digits(2)}${tax}${random.digits(9)}`
    return body + String((Number(body) % (body.length - 1)) % 10)
  },
}

function endingThatHolds(body: string): string {
  for (let digit = 0; digit < 10; digit++) if (innHolds(body + digit)) return body + digit
  throw new Error(`no check digit for ${body}`)
}
