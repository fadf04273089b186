import type { CellMaker, DirtyCell } from './cell.ts'
import type { Chance } from './random.ts'
import type { Verdict } from '#shared/verdict.ts'

const BOXES = [
  'info',
  'zakaz',
  'a.petrova',
  'ivan_sidorov',
  'buh',
  'office',
  'o-smirnova',
  'sales2',
  'petrov.ivan',
  'snab-24',
  'marketing',
  'kuznetsov85',
  'd.orlov',
  'elena',
  'sekretar',
]
const HOSTS = [
  'primer-firma.ru',
  'romashka-opt.ru',
  'lutik-torg.com',
  'mail.ru',
  'yandex.ru',
  'gmail.com',
  'inbox.ru',
  'stroy.primer.ru',
  'rambler.ru',
  'sokol-nn.com',
  'veter.org',
  'beryozka.by',
]
const NAMES = ['Анна', 'бухгалтерия', 'Иван Петров', 'основная', 'для счетов', 'директор', 'отдел закупок']
const TWINS: Record<string, string> = { a: 'а', o: 'о', e: 'е', c: 'с', p: 'р', x: 'х', y: 'у' }
/** The Russian keys over the Latin ones, for an address typed in the wrong layout. */
const KEYS: Record<string, string> = Object.fromEntries(
  Array.from('qwertyuiopasdfghjklzxcvbnm.', (key, index) => [key, 'йцукенгшщзфывапролдячсмитью'[index]!]),
)

interface Address {
  box: string
  host: string
}

const address = (chance: Chance): Address => ({ box: chance.pick(BOXES), host: chance.pick(HOSTS) })
const whole = ({ box, host }: Address) => `${box}@${host}`

function cell(
  raw: string,
  error: string,
  contacts: { normalized: string | null; verdict: Verdict }[],
): DirtyCell {
  const valid = contacts.every(({ verdict }) => verdict === 'ok' || verdict === 'fixed')
  return { kind: 'email', raw, error, expected: { contacts }, valid }
}

/** A maker for one error on one address, with one right answer. */
const single =
  (error: string, verdict: Verdict, write: (address: Address, chance: Chance) => string): CellMaker =>
  (chance) => {
    const given = address(chance)
    return cell(write(given, chance), error, [{ normalized: whole(given), verdict }])
  }
const lost =
  (error: string, write: (address: Address, chance: Chance) => string): CellMaker =>
  (chance) =>
    cell(write(address(chance), chance), error, [{ normalized: null, verdict: 'junk' }])

/** One letter that has a Cyrillic twin, replaced. */
function twin(text: string, chance: Chance): string {
  if (!/[aoecpxy]/.test(text)) return text
  const places = Array.from(text).flatMap((letter, index) => (TWINS[letter] ? [index] : []))
  const place = chance.pick(places)
  return text.slice(0, place) + TWINS[text[place]!] + text.slice(place + 1)
}

/** Two that differ: the same address twice in a cell is one. */
function twoAddresses(chance: Chance): [Address, Address] {
  const first = address(chance)
  for (;;) {
    const second = address(chance)
    if (whole(first) !== whole(second)) return [first, second]
  }
}

const several: CellMaker = (chance) => {
  const addresses = twoAddresses(chance)
  const sign = chance.pick([', ', '; ', ' ', '\n', ',', ';', ' / ', ' и ', '/'])
  return cell(
    addresses.map(whole).join(sign),
    'several',
    addresses.map((given) => ({ normalized: whole(given), verdict: 'ok' })),
  )
}

const severalNamed: CellMaker = (chance) => {
  const addresses = twoAddresses(chance)
  const [a, b] = addresses.map(whole)
  const [first, second] = [chance.pick(NAMES), chance.pick(NAMES)]
  const raw = chance.pick([
    `${a} (${first}), ${b} (${second})`,
    `${first} <${a}>; ${second} <${b}>`,
    `${first}: ${a}, ${second}: ${b}`,
  ])
  return cell(
    raw,
    'several with names',
    addresses.map((given) => ({ normalized: whole(given), verdict: 'ok' })),
  )
}

const misspelt: CellMaker = (chance) => {
  const [typed, meant] = chance.pick([
    ['gmial.com', 'gmail.com'],
    ['gmai.com', 'gmail.com'],
    ['gmail.con', 'gmail.com'],
    ['mail.ry', 'mail.ru'],
    ['mial.ru', 'mail.ru'],
    ['maill.ru', 'mail.ru'],
    ['yandex.ry', 'yandex.ru'],
    ['yadex.ru', 'yandex.ru'],
    ['yndex.ru', 'yandex.ru'],
    ['ramler.ru', 'rambler.ru'],
    ['mail', 'mail.ru'],
    ['bk.ry', 'bk.ru'],
    ['firma-primer.ry', 'firma-primer.ru'],
  ] as const)
  const box = chance.pick(BOXES)
  return cell(`${box}@${typed}`, 'misspelt service', [{ normalized: `${box}@${meant}`, verdict: 'doubtful' }])
}

const fake: CellMaker = (chance) => {
  const raw = chance.pick([
    'test@test.ru',
    'no@no.ru',
    'net@net.ru',
    'mail@mail.ru',
    'aaa@aaa.ru',
    '123@123.ru',
    'qwe@qwe.ru',
    '1@1.ru',
    'noemail@mail.ru',
    'asd@asd.com',
  ])
  return cell(raw, 'made up', [{ normalized: raw, verdict: 'doubtful' }])
}

const russianRu: CellMaker = (chance) => {
  const box = chance.pick(BOXES)
  return cell(`${box}@firma-primer.${chance.pick(['ру', 'рu', 'ру'])}`.replace('рu', 'рy'), '«ру» for ru', [
    { normalized: `${box}@firma-primer.ru`, verdict: 'fixed' },
  ])
}

const cyrillicDomain: CellMaker = (chance) => {
  const raw = `${chance.pick(['info', 'zakaz', 'mail'])}@${chance.pick(['пример', 'ромашка-опт', 'лютик'])}.рф`
  return cell(raw, 'domain in .рф', [{ normalized: raw, verdict: 'ok' }])
}

export const EMAIL_MAKERS: readonly CellMaker[] = [
  single('none', 'ok', whole),
  single('none', 'ok', whole),
  single('capitals', 'ok', (given, chance) =>
    chance.maybe(0.5) ? whole(given).toUpperCase() : given.box[0]!.toUpperCase() + whole(given).slice(1),
  ),
  single('blanks around the cell', 'ok', (given, chance) =>
    chance.pick([` ${whole(given)}`, `${whole(given)} `, `\u00A0${whole(given)}`, `${whole(given)}\u200B`]),
  ),
  single(
    'word before',
    'ok',
    (given, chance) =>
      chance.pick(['mailto:', 'e-mail: ', 'mail:', 'Email: ', 'почта: ', 'эл. почта ']) + whole(given),
  ),
  single('note', 'ok', (given, chance) =>
    chance.pick([
      `${whole(given)} (${chance.pick(NAMES)})`,
      `${chance.pick(NAMES)} <${whole(given)}>`,
      `${whole(given)} - ${chance.pick(NAMES)}`,
      `<${whole(given)}>`,
      `${whole(given)};`,
      `${whole(given)},`,
    ]),
  ),
  several,
  severalNamed,
  single('comma for dot', 'fixed', ({ box, host }) => `${box}@${host.replace(/\.(?=[a-z]+$)/, ',')}`),
  single(
    'blanks around @',
    'fixed',
    ({ box, host }, chance) => `${box}${chance.pick([' @ ', ' @', '@ '])}${host}`,
  ),
  single('blank after dot', 'fixed', ({ box, host }) => `${box}@${host.replace(/\.(?=[a-z]+$)/, '. ')}`),
  single(
    'Cyrillic twins in the name',
    'fixed',
    ({ box, host }, chance) => `${/[aoecpxy]/.test(box) ? twin(box, chance) : box}@${twin(host, chance)}`,
  ),
  single('Cyrillic twins in the host', 'fixed', ({ box, host }, chance) => `${box}@${twin(host, chance)}`),
  single('two signs', 'fixed', ({ box, host }) => `${box}@@${host}`),
  single(
    '(at)',
    'fixed',
    ({ box, host }, chance) =>
      `${box}${chance.pick(['(at)', '[at]', ' (at) ', '(собака)', ' собака '])}${host}`,
  ),
  single('dot at the end', 'fixed', (given) => `${whole(given)}.`),
  single('two dots', 'fixed', ({ box, host }) => `${box}@${host.replace('.', '..')}`),
  wrongLayout,
  misspelt,
  fake,
  cyrillicDomain,
  russianRu,
  lost('no sign', ({ box, host }) => `${box}.${host}`),
  lost('host without a dot', ({ box }) => `${box}@firma`),
  lost('nothing after the sign', ({ box }) => `${box}@`),
  lost('not an address', (_, chance) =>
    chance.pick(['www.primer-firma.ru', 'спросить у Анны', '8 916 555-44-33', 'на сайте', 'Иванов']),
  ),
]

const typed = (text: string) => Array.from(text, (key) => KEYS[key] ?? key).join('')

/** «штащ"зкшьукюкг»: typed with the Russian layout on; Shift+2 is a quotation mark there. */
function wrongLayout(chance: Chance): DirtyCell {
  const box = chance.pick(['info', 'zakaz', 'office', 'elena', 'marketing', 'buh'])
  const host = chance.pick(['mail.ru', 'yandex.ru', 'gmail.com', 'primer.ru'])
  return cell(`${typed(box)}${chance.pick(['"', '@'])}${typed(host)}`, 'wrong layout', [
    { normalized: `${box}@${host}`, verdict: 'fixed' },
  ])
}
