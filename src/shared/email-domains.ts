/** Top-level domains Russian firms write to; a comma or blank before one of them is a dot mistyped. */
export const COMMON_TLDS =
  'ru|рф|com|net|org|su|by|kz|ua|uz|kg|am|ge|az|info|biz|pro|me|eu|de|test|moscow|москва|рус|online|онлайн|tech|group|company|store|shop|club|center|city|tatar|ком'

/** Misspelt hosts of big mail services and what was meant. Only hosts that are nobody's mail: a real firm's domain is never touched. */
const MISSPELT = new Map<string, string>([
  ...meant(
    'gmail.com',
    'gmial.com gmai.com gamil.com gmal.com gnail.com gmail.con gmail.cm gmail.co gmail.om gmaill.com gmail.ru gmail gmailcom gmil.com gmail.comm gmaik.com gmail.cim gemail.com jmail.com',
  ),
  ...meant(
    'mail.ru',
    'mail.ry mail.tu mail.rru mail.ruu maiil.ru mai.ru meil.ru mial.ru maill.ru mail mailru mail.ri mail.r mail.ur mail.rv',
  ),
  ...meant(
    'yandex.ru',
    'yandex.ry yadex.ru yndex.ru yandx.ru yandeks.ru yandex yandexru yandex.rru yandex.tu yanex.ru yandax.ru jandex.ru yandex.r yandex.ruu uandex.ru yansex.ru',
  ),
  ...meant('ya.ru', 'ya.ry ya yaru ya.tu'),
  ...meant('rambler.ru', 'ramler.ru rambler.ry rambler ramblerru rembler.ru rambler.tu ramber.ru'),
  ...meant('bk.ru', 'bk.ry bk bk.tu'),
  ...meant('list.ru', 'list.ry list list.tu'),
  ...meant('inbox.ru', 'inbox.ry inbox inbox.tu'),
  ...meant('hotmail.com', 'hotmial.com hotmai.com hotmal.com hotmail.con hotmail'),
  ...meant('outlook.com', 'outlok.com outlook.con outloock.com outlook'),
  ...meant('icloud.com', 'iclod.com icloud.con icoud.com icloud.ru icloud'),
])
const MISSPELT_TLD: Record<string, string> = {
  ry: 'ru',
  rru: 'ru',
  ruu: 'ru',
  rv: 'ru',
  con: 'com',
  comm: 'com',
  cmo: 'com',
  cim: 'com',
  ocm: 'com',
}

const SHARED_BOXES = new Set(
  'info office mail email sales zakaz order admin buh secretary sekretar support contact contacts hello post reception priem'.split(
    ' ',
  ),
)

/** The host that was probably meant, null when the host may well be right. */
export function meantHost(host: string): string | null {
  const known = MISSPELT.get(host)
  if (known) return known
  const dot = host.lastIndexOf('.')
  const tld = MISSPELT_TLD[host.slice(dot + 1)]
  return tld && dot > 0 ? host.slice(0, dot + 1) + tld : null
}

/** info@, office@ …: many people read it, so sharing it is weak evidence that two records are one client. */
export function isSharedBox(address: string): boolean {
  return SHARED_BOXES.has(address.slice(0, address.indexOf('@')))
}

function meant(host: string, misspellings: string): [string, string][] {
  return misspellings.split(' ').map((misspelling) => [misspelling, host])
}
