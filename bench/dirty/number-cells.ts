import type { Verdict } from '#shared/verdict.ts'
import type { CellKind, CellMaker, DirtyCell } from './cell.ts'
import type { Chance } from './random.ts'

/* The sums are written here anew from the published rules, so that the cells do not inherit a mistake of src/shared. */

const dot = (digits: string, weights: string) =>
  weights.split(' ').reduce((sum, weight, index) => sum + Number(weight) * Number(digits[index]), 0)
const innKey = (digits: string, weights: string) => (dot(digits, weights) % 11) % 10

const TEN = '2 4 10 3 5 9 4 6 8'
const ELEVENTH = '7 2 4 10 3 5 9 4 6 8'
const TWELFTH = '3 7 2 4 10 3 5 9 4 6 8'

function withKey(kind: 'inn' | 'person inn', head: string): string {
  if (kind === 'inn') return head + innKey(head, TEN)
  const eleven = head + innKey(head, ELEVENTH)
  return eleven + innKey(eleven, TWELFTH)
}
const holdsInn = (inn: string) =>
  /^\d{10}$|^\d{12}$/.test(inn) &&
  inn === withKey(inn.length === 10 ? 'inn' : 'person inn', inn.slice(0, inn.length === 10 ? 9 : 10))

function okpoKey(head: string): number {
  const step = (shift: number) =>
    Array.from(head).reduce((sum, digit, index) => sum + Number(digit) * (((index + shift) % 10) + 1), 0) % 11
  return step(0) < 10 ? step(0) : step(2) % 10
}
const ogrnKey = (head: string) => Number(BigInt(head) % (head.length === 12 ? 11n : 13n)) % 10

const region = (chance: Chance, from = 1) => String(from + chance.below(90 - from)).padStart(2, '0')
const inn = (chance: Chance, from = 10) =>
  withKey('inn', region(chance, from) + String(1 + chance.below(60)).padStart(2, '0') + chance.digits(5))
const personInn = (chance: Chance, from = 10) =>
  withKey(
    'person inn',
    region(chance, from) + String(1 + chance.below(60)).padStart(2, '0') + chance.digits(6),
  )
const kpp = (chance: Chance, from = 10) =>
  `${region(chance, from)}${String(1 + chance.below(60)).padStart(2, '0')}${chance.pick(['01', '43', '45', '50'])}00${1 + chance.below(9)}`
const ogrn = (chance: Chance) => {
  const head = `1${String(2 + chance.below(22)).padStart(2, '0')}${region(chance)}${chance.digits(7)}`
  return head + ogrnKey(head)
}
const ogrnip = (chance: Chance) => {
  const head = `3${String(4 + chance.below(20)).padStart(2, '0')}${region(chance)}${chance.digits(9)}`
  return head + ogrnKey(head)
}
const okpo = (chance: Chance, length = chance.pick([8, 8, 10])) => {
  const head = `${1 + chance.below(9)}${chance.digits(length - 2)}`
  return head + okpoKey(head)
}

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
    return cell('inn', `00${value}`, 'filled to twelve', value, holdsInn(`00${value}`) ? 'fixed' : 'fixed')
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

const bic = (chance: Chance) => `04${chance.digits(4)}${3 + chance.below(7)}${chance.digits(2)}`
/** The key digit is the ninth; with it the weighted sum of БИК end and account ends in 0. */
function accountAt(bank: string, chance: Chance): string {
  const parts = [`${chance.pick(['40702', '40703', '40802', '40817'])}810`, chance.digits(11)]
  for (let key = 0; ; key++) {
    const account = parts.join(String(key))
    if (accountSum(bank, account) === 0) return account
  }
}
const accountSum = (bank: string, account: string) =>
  Array.from(bank.slice(-3) + account).reduce(
    (sum, digit, index) => sum + Number(digit) * [7, 1, 3][index % 3]!,
    0,
  ) % 10

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
