import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCompanyName } from './company-names.ts'
import { judgeContact, parseContacts } from './contacts.ts'
import { repairMojibake } from './mojibake.ts'
import { parsePersonName } from './person-names.ts'
import { formatPhone } from './phone-format.ts'
import { parsePhones } from './phones.ts'
import { judgeAccount, judgeBic, judgeInn, judgeKpp, judgeOgrn, judgeOkpo } from './tax-numbers.ts'
import { cleanText, fold, otherLayout, skeleton } from './text.ts'
import { ContactKind } from './verdict.ts'

/** The same cells on every run; raise numRuns and drop the seed to search for more. */
fc.configureGlobal({ seed: 20261123 })

const kinds = fc.constantFrom(...ContactKind.options)
/** Cells as dirty as they come: any text, and text of the signs that mean something to the rules. */
const pieces =
  '8|+7|(495)|916|000|00|01|2|-| |  |, |; |/|доб. 12|вн.|Анна|моб.|info|ivan|@|mail|.ru|,ru|.|ООО|ИП|"|«|Ромашка|Иванов|И.|Ильич|7707083893|770701001|нет|\n|О|З'
const cells = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: fc.constantFrom(...'0123456789 +-()/,;.@"«»ОоИПдобмru№#*\n'), maxLength: 60 }),
  fc.array(fc.constantFrom(...pieces.split('|')), { maxLength: 14 }).map((parts) => parts.join('')),
)
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

describe('whatever a cell holds', () => {
  test('no rule throws, and contacts keep what was entered', () => {
    fc.assert(
      fc.property(kinds, cells, (kind, raw) => {
        const contacts = parseContacts(kind, raw, { cityCode: '495' })
        for (const { value, verdict, normalized } of contacts) {
          if (kind === 'phone')
            expect(raw.replace(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, '')).toContain(value)
          expect(verdict !== 'junk' || normalized === null).toBe(true)
        }
        expect(judgeContact(kind, raw).value).toBe(raw)
      }),
      { numRuns: 3000 },
    )
  })

  test('numbers and names are judged without a throw', () => {
    fc.assert(
      fc.property(cells, (raw) => {
        for (const judge of [judgeInn, judgeKpp, judgeOgrn, judgeOkpo, judgeBic, judgeAccount]) {
          const { value, verdict } = judge(raw)
          expect(value === null || value === raw.trim() || verdict !== 'junk').toBe(true)
        }
        parsePersonName(raw)
        parseCompanyName(raw)
        repairMojibake(raw)
        otherLayout(raw)
      }),
      { numRuns: 3000 },
    )
  })

  test('folding and cleaning twice is folding and cleaning once', () => {
    fc.assert(
      fc.property(cells, (raw) => {
        expect(fold(fold(raw))).toBe(fold(raw))
        expect(skeleton(skeleton(raw))).toBe(skeleton(raw))
        expect(cleanText(cleanText(raw))).toBe(cleanText(raw))
      }),
      { numRuns: 3000 },
    )
  })
})

describe('judging the normalized form', () => {
  test('of a contact gives the same form again', () => {
    fc.assert(
      fc.property(fc.constantFrom('phone', 'email', 'website', 'address'), cells, (kind, raw) => {
        for (const { normalized, verdict } of parseContacts(kind, raw, { cityCode: '495' })) {
          if (normalized === null || (verdict !== 'ok' && verdict !== 'fixed')) continue
          expect(parseContacts(kind, normalized)).toMatchObject([{ normalized, verdict: 'ok' }])
        }
      }),
      { numRuns: 3000 },
    )
  })

  test('of a shown phone gives it back with its extension', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('495', '916', '846', '800', '701'),
        digits(7),
        fc.option(digits(3)),
        (code, rest, extension) => {
          fc.pre(rest !== '0000000' && rest !== '1234567')
          const normalized = `+7${code}${rest}`
          fc.pre(parsePhones(normalized)[0]!.verdict === 'ok')
          expect(parsePhones(formatPhone(normalized, extension))).toMatchObject([
            { normalized, extension, verdict: 'ok' },
          ])
        },
      ),
    )
  })

  test('of a tax number is ok', () => {
    fc.assert(
      fc.property(cells, (raw) => {
        for (const judge of [judgeInn, judgeKpp, judgeOgrn, judgeOkpo, judgeBic]) {
          const { value, verdict } = judge(raw)
          if (value !== null && (verdict === 'ok' || verdict === 'fixed'))
            expect(judge(value)).toMatchObject({ value, verdict: 'ok' })
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a valid number by construction is never junk', () => {
  const weigh = (text: string, weights: number[]) =>
    (weights.reduce((sum, weight, index) => sum + weight * Number(text[index]), 0) % 11) % 10
  const notFlat = (text: string) => new Set(text).size > 2

  test('ИНН of an organization and of a person', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99 }), digits(8), (region, rest) => {
        const head = String(region).padStart(2, '0') + rest
        fc.pre(notFlat(head))
        const nine = head.slice(0, 9)
        const organization = nine + weigh(nine, [2, 4, 10, 3, 5, 9, 4, 6, 8])
        expect(judgeInn(organization)).toEqual({ value: organization, verdict: 'ok', reason: null })
        const eleven = head + weigh(head, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
        const person = eleven + weigh(eleven, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8])
        expect(judgeInn(person)).toEqual({ value: person, verdict: 'ok', reason: null })
      }),
    )
  })

  test('ОГРН', () => {
    fc.assert(
      fc.property(digits(11), (rest) => {
        const head = `1${rest}`
        const ogrn = head + String(Number(BigInt(head) % 11n) % 10)
        fc.pre(notFlat(ogrn))
        expect(judgeOgrn(ogrn).verdict).toBe('ok')
      }),
    )
  })
})
