const SERVICE_WORDS = words(
  'т тел телефон телефоны т.ф тлф номер номера контактный контакт tel phone ph telephone',
)
const LABELS = new Map<string, string>([
  ...labelled(
    'мобильный',
    'м моб мобильный мобильные мобил мобила сот сотовый сотик м.т с.т mob mobile cell мт',
  ),
  ...labelled('рабочий', 'раб рабочий рабочие служ служебный офис офисный р.т work office рт'),
  ...labelled('домашний', 'дом домашний д.т home дт'),
  ...labelled('факс', 'ф факс fax f'),
  ...labelled('WhatsApp', 'whatsapp ватсап вотсап вацап уотсап wa вотсапп ватсапп'),
  ...labelled('Telegram', 'telegram телеграм телеграмм тг tg'),
  ...labelled('Viber', 'viber вайбер'),
])
const DO_NOT_CALL =
  /не\s*(?:надо\s*|нужно\s*)?(?:звонить|беспокоить|тревожить|звоните|беспокойте)|(?:do\s*not|don'?t)\s*call/iu
const PHONE_AND_FAX = /(?<!\p{L})т(?:ел(?:ефон)?)?\.?\s?[/\\]\s?ф(?:акс)?(?!\p{L})\.?/iu
const EDGES = /^[\s.,:;()\-"'№_=]+|[\s,:;(\-"'№_=]+$/gu

export interface PhoneWords {
  label: string | null
  note: string | null
  doNotCall: boolean
}

/** What the words around a number say: its label, a note, a wish not to be called. «моб. (спросить Анну)» → мобильный, «спросить Анну». */
export function readPhoneWords(text: string): PhoneWords {
  const phoneAndFax = PHONE_AND_FAX.test(text)
  let label: string | null = phoneAndFax ? 'тел./факс' : null
  const rest: string[] = []
  for (const word of (phoneAndFax ? text.replace(PHONE_AND_FAX, ' ') : text).split(/\s+/)) {
    const bare = word.toLowerCase().replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')
    const pieces = bare.split('.')
    const known = LABELS.get(bare) ?? pieces.map((piece) => LABELS.get(piece)).find(Boolean)
    const service = pieces.every((piece) => LABELS.has(piece) || SERVICE_WORDS.has(piece))
    if (known && (service || LABELS.has(bare))) label ??= known
    else if (!service && !SERVICE_WORDS.has(bare)) rest.push(word)
  }
  const note = withoutOuterBrackets(
    rest
      .join(' ')
      .replace(EDGES, '')
      .replace(/^(?:и|или|or|and)(?=\s|$)|(?:^|\s)(?:и|или|or|and)$/giu, '')
      .trim(),
  )
  return { label, note: /[\p{L}\d]/u.test(note) ? note : null, doNotCall: DO_NOT_CALL.test(text) }
}

function withoutOuterBrackets(note: string): string {
  return note.endsWith(')') && !note.includes('(') ? note.slice(0, -1) : note
}

function words(list: string): Set<string> {
  return new Set(list.split(' '))
}

function labelled(label: string, list: string): [string, string][] {
  return list.split(' ').map((word) => [word, label])
}
