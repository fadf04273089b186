import { getExampleNumber, type CountryCode } from 'libphonenumber-js/min'
import examples from 'libphonenumber-js/mobile/examples'
import { expect, test } from 'vitest'
import { parsePhones } from './phones.ts'

test('a mobile number of every country is taken when written with its plus', () => {
  const refused = Object.keys(examples)
    .map((country) => getExampleNumber(country as CountryCode, examples)!.number)
    .filter((number) => parsePhones(number)[0]?.normalized !== number)
  expect(refused).toEqual([])
})
