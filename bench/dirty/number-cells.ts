import type { Verdict } from '#shared/verdict.ts'
import type { CellKind, CellMaker, DirtyCell } from './cell.ts'
import {
  accountAt,
  accountSum,
  bic,
  holdsInn,
  inn,
  kpp,
  ogrn,
  ogrnKey,
  ogrnip,
  okpo,
  okpoKey,
  personInn,
  withKey,
} from './made-up-tax-numbers.ts'
import type { Chance } from './random.ts'

function cell(
  kind: CellKind,
  raw: string,
  error: string,
  value: string | null,
  verdict: Verdict,
  more: Partial<DirtyCell> & { kpp?: string } = {},
): DirtyCell {
  const { kpp, ...rest } = more
  const number = kpp ? { value, verdict, kpp } : { value, verdict }
  return { kind, raw, error, expected: { number }, valid: verdict === 'ok' || verdict === 'fixed', ...rest }
}

/** Errors any long number meets in Excel and under the fingers; the right answer is the number itself. */
function commonMakers(kind: CellKind, label: string, make: (chance: Chance) => string): CellMaker[] {
  const spoil =
    (error: string, verdict: Verdict, write: (value: string, chance: Chance) => string): CellMaker =>
    (chance) => {
      const value = make(chance)
      return cell(kind, write(value, chance), error, value, verdict)
    }
  return [
    spoil('none', 'ok', (value) => value),
    spoil('none', 'ok', (value) => value),
    spoil('blanks around', 'ok', (value, chance) =>
      chance.pick([` ${value}`, `${value} `, `\u00A0${value}`, `\n${value}`]),
    ),
    spoil('blanks inside', 'fixed', (value, chance) => {
      const place = 2 + chance.below(value.length - 4)
      return `${value.slice(0, place)}${chance.pick([' ', '\u00A0'])}${value.slice(place)}`
    }),
    spoil('float', 'fixed', (value, chance) => `${value}${chance.pick(['.0', ',0', '.00'])}`),
    spoil('label', 'fixed', (value, chance) => `${label}${chance.pick([' ', ': ', ':'])}${value}`),
    spoil('apostrophe', 'fixed', (value) => `'${value}`),
  ]
}

/** A digit read as a letter: О for 0, З for 3, l for 1, б for 6. */
const LETTERS: Record<string, readonly string[]> = {
  '0': ['О', 'O', 'о'],
  '3': ['З', 'з'],
  '1': ['l', 'I'],
  '6': ['б'],
}
function lettered(kind: CellKind, make: (chance: Chance) => string): CellMaker {
  return (chance) => {
    let value = make(chance)
    while (!/[0316]/.test(value)) value = make(chance)
    const places = Array.from(value).flatMap((digit, index) => (LETTERS[digit] ? [index] : []))
    const place = chance.pick(places)
    return cell(
      kind,
      value.slice(0, place) + chance.pick(LETTERS[value[place]!]!) + value.slice(place + 1),
      'letter for digit',
      value,
      'fixed',
    )
  }
}

/** One digit mistyped, so that the sum fails (where it holds by chance nobody can see the error: drawn again). */
function mistyped(
  kind: CellKind,
  make: (chance: Chance) => string,
  holds: (value: string) => boolean,
): CellMaker {
  return (chance) => {
    for (;;) {
      const value = make(chance)
      const place = 2 + chance.below(value.length - 2)
      const spoilt =
        value.slice(0, place) + ((Number(value[place]) + 1 + chance.below(9)) % 10) + value.slice(place + 1)
      if (!holds(spoilt)) return cell(kind, spoilt, 'a digit mistyped', spoilt, 'junk')
    }
  }
}

const digitsLost =
  (kind: CellKind, make: (chance: Chance) => string): CellMaker =>
  (chance) => {
    const value = make(chance)
    const raw = `${value[0]}${chance.pick([',', '.'])}${value.slice(1, 6)}E+${String(value.length - 1).padStart(2, '0')}`
    return cell(kind, raw, 'digits lost to Excel', raw, 'junk')
  }

const words =
  (kind: CellKind): CellMaker =>
  (chance) => {
    const raw = chance.pick([
      'нет данных от клиента',
      'физлицо',
      'запросить в бухгалтерии',
      'см. договор',
      'паспорт',
    ])
    return cell(kind, raw, 'no number', raw, 'junk')
  }

const innOfAny = (chance: Chance) => (chance.maybe(0.6) ? inn(chance) : personInn(chance))

export const INN_MAKERS: readonly CellMaker[] = [
  ...commonMakers('inn', 'ИНН', innOfAny),
  lettered('inn', innOfAny),
  mistyped('inn', innOfAny, holdsInn),
  digitsLost('inn', innOfAny),
  words('inn'),
  (chance) => {
    const value = chance.maybe(0.6)
      ? withKey('inn', `0${1 + chance.below(9)}${chance.digits(7)}`)
      : withKey('person inn', `0${1 + chance.below(9)}${chance.digits(8)}`)
    return cell('inn', value.slice(1), 'zero eaten', value, 'fixed')
  },
  (chance) => {
    const [value, office] = [inn(chance), kpp(chance)]
    const raw = chance.pick([
      `${value}/${office}`,
      `${value} / ${office}`,
      `${value}\\${office}`,
      `ИНН ${value} КПП ${office}`,
      `${value} ${office}`,
      `ИНН/КПП ${value}/${office}`,
      `${value};${office}`,
    ])
    return cell('inn', raw, 'with КПП', value, 'fixed', { kpp: office })
  },
  (chance) => {
    const value = inn(chance)
    const raw = `${value[0]},${value.slice(1)}E+09`
    return cell('inn', raw, 'exponent with every digit', value, 'fixed')
  },
  (chance) => {
    const value = inn(chance)
    return cell('inn', `00${value}`, 'filled to twelve', value, 'fixed')
  },
  (chance) => {
    const short = inn(chance).slice(0, 8)
    return cell('inn', short, 'two digits lost', short, 'junk')
  },
  (chance) => {
    const value = inn(chance)
    return cell('inn', `${value} (${chance.pick(['проверить', 'старый', 'ООО'])})`, 'note', value, 'fixed')
  },
]

export const KPP_MAKERS: readonly CellMaker[] = [
  ...commonMakers('kpp', 'КПП', kpp),
  lettered('kpp', kpp),
  digitsLost('kpp', kpp),
  words('kpp'),
  (chance) => {
    const value = `0${1 + chance.below(9)}${kpp(chance).slice(2)}`
    return cell('kpp', value.slice(1), 'zero eaten', value, 'fixed')
  },
  (chance) => {
    const value = `${kpp(chance).slice(0, 4)}${chance.pick(['AB', 'AX', 'ZZ', 'A1'])}001`
    return cell('kpp', value, 'letters of the reason', value, 'ok')
  },
  (chance) => {
    const raw = kpp(chance).slice(0, chance.pick([5, 6, 7]))
    return cell('kpp', raw, 'digits missing', raw, 'junk')
  },
  (chance) => {
    const raw = kpp(chance) + chance.digits(1)
    return cell('kpp', raw, 'a digit too many', raw, 'junk')
  },
]

const ogrnOfAny = (chance: Chance) => (chance.maybe(0.6) ? ogrn(chance) : ogrnip(chance))
const holdsOgrn = (value: string) => Number(value.at(-1)) === ogrnKey(value.slice(0, -1))
export const OGRN_MAKERS: readonly CellMaker[] = [
  ...commonMakers('ogrn', 'ОГРН', ogrnOfAny),
  lettered('ogrn', ogrnOfAny),
  mistyped('ogrn', ogrnOfAny, holdsOgrn),
  digitsLost('ogrn', ogrnOfAny),
  words('ogrn'),
  (chance) => {
    const raw = ogrn(chance).slice(0, 12)
    return cell('ogrn', raw, 'a digit lost', raw, 'junk')
  },
]

const holdsOkpo = (value: string) => Number(value.at(-1)) === okpoKey(value.slice(0, -1))
export const OKPO_MAKERS: readonly CellMaker[] = [
  ...commonMakers('okpo', 'ОКПО', (chance) => okpo(chance)),
  lettered('okpo', (chance) => okpo(chance)),
  mistyped('okpo', (chance) => okpo(chance), holdsOkpo),
  words('okpo'),
  (chance) => {
    const head = `0${1 + chance.below(9)}${chance.digits(5)}`
    const value = head + okpoKey(head)
    return cell('okpo', value.slice(1), 'zero eaten', value, 'fixed')
  },
  (chance) => {
    const raw = okpo(chance, 8).slice(0, 4)
    return cell('okpo', raw, 'digits missing', raw, 'junk')
  },
]

const onAccount =
  (
    error: string,
    verdict: Verdict,
    write: (account: string, chance: Chance) => string,
    knowBank = true,
  ): CellMaker =>
  (chance) => {
    const bank = bic(chance)
    const value = accountAt(bank, chance)
    return cell('account', write(value, chance), error, value, verdict, knowBank ? { bic: bank } : {})
  }
export const ACCOUNT_MAKERS: readonly CellMaker[] = [
  onAccount('none', 'ok', (account) => account),
  onAccount('no БИК', 'ok', (account) => account, false),
  onAccount('groups', 'fixed', (account, chance) =>
    account.replace(
      /(.{5})(.{3})(.)(.{4})(.{7})/,
      chance.pick(['$1 $2 $3 $4 $5', '$1.$2.$3.$4.$5', '$1-$2-$3-$4-$5']),
    ),
  ),
  onAccount('fours', 'fixed', (account) => account.replace(/(.{4})(?=.)/g, '$1 ')),
  onAccount('label', 'fixed', (account, chance) => `${chance.pick(['р/с ', 'р/с: ', 'р/с № '])}${account}`),
  onAccount('letter for digit', 'fixed', (account, chance) => account.replace('0', chance.pick(['О', 'O']))),
  onAccount('blanks around', 'ok', (account) => ` ${account}\u00A0`),
  (chance) => {
    const bank = bic(chance)
    const value = accountAt(bank, chance)
    const place = 9 + chance.below(11)
    const raw =
      value.slice(0, place) + ((Number(value[place]) + 1 + chance.below(9)) % 10) + value.slice(place + 1)
    return accountSum(bank, raw) === 0
      ? cell('account', value, 'none', value, 'ok', { bic: bank })
      : cell('account', raw, 'a digit mistyped', raw, 'doubtful', { bic: bank })
  },
  (chance) => {
    const raw = accountAt(bic(chance), chance).slice(0, 19)
    return cell('account', raw, 'a digit lost', raw, 'junk')
  },
  digitsLost('account', (chance) => accountAt(bic(chance), chance)),
  words('account'),
]
