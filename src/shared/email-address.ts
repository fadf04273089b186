import { meantHost } from './email-domains.ts'
import { otherLayout, toLatinTwins } from './text.ts'
import type { Verdict, VerdictReason } from './verdict.ts'

export interface EmailReading {
  normalized: string | null
  verdict: Verdict
  reason: VerdictReason | null
}

const LOCAL = /^[\p{L}\d!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\d!#$%&'*+/=?^_`{|}~-]+)*$/u
const LATIN_HOST = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?:[a-z]{2,24}|xn--[a-z\d-]+)$/
const CYRILLIC_HOST = /^(?:[а-яё\d](?:[а-яё\d-]*[а-яё\d])?\.)+[а-яё]{2,24}$/
const FAKES =
  /^(?:test|no|net|none|mail|email|e-mail|pochta|asd|asdf|qwe|qwerty|abc|aaa?|xxx?|a|x|q|1+|123|noname|нет)@(?:test|no|net|none|mail|email|pochta|asd|asdf|qwe|qwerty|abc|aaa?|xxx?|a|x|q|1+|123|noname|нет)\./
const FAKE_BOXES = /^(?:no-?e?_?-?mail|not?_?mail|netpochty|net-?pochty|nomail|нетпочты)@/

/** Reads one address with its mistypings; the first repair that was needed is the reason. */
export function readEmail(written: string): EmailReading {
  const found = new Set<VerdictReason>()
  const mend = (pattern: RegExp, replacement: string, reason: VerdictReason) => {
    const mended = text.replace(pattern, replacement)
    if (mended !== text) found.add(reason)
    text = mended
  }
  let text = written.trim().toLowerCase()
  mend(/\s*[([{](?:at|эт|собака|@)[)\]}]\s*|\s+(?:at|собака)\s+|@{2,}|\s*@\s*@\s*/gu, '@', 'email.at-sign')
  mend(/\s*[([{](?:dot|точка)[)\]}]\s*/gu, '.', 'email.punctuation')
  mend(/\s*,\s*(?=[^,@]*$)/gu, '.', 'email.comma-for-dot')
  mend(/\s+/g, '', 'email.spaces')
  mend(/^(?:https?:\/\/|www\.)(?=[^@]*@)|^[.'"`«<]+|[.'"`»>!?:/\\_-]+$/g, '', 'email.punctuation')
  mend(/(?<=@.*)@+$/, '', 'email.at-sign')
  mend(/(?<=@.*)\.{2,}/g, '.', 'email.punctuation')
  const [local = '', host = '', ...more] = text.split('@')
  if (more.length > 0 || local === '') return { normalized: null, verdict: 'junk', reason: 'email.bad-local' }
  return judge(local, host, [...found][0] ?? null)
}

/** The same for an address known to have no slip in its signs. */
export function readCleanEmail(written: string): EmailReading {
  const at = written.indexOf('@')
  const address = written.toLowerCase()
  return judge(address.slice(0, at), address.slice(at + 1), null)
}

function judge(local: string, writtenHost: string, repair: VerdictReason | null): EmailReading {
  const host = writtenHost.replace(/(?<=[a-z\d]\.)(?:р[уy]|pу)$/, 'ru').replace(/(?<=[a-z\d]\.)ком$/, 'com')
  const cyrillicHost = CYRILLIC_HOST.test(host)
  const latinHost = cyrillicHost ? host : latin(host)
  const latinLocal = /^[а-яё\d._-]+$/.test(local) && cyrillicHost ? local : latin(local)
  const twins: VerdictReason | null =
    latinHost !== writtenHost || latinLocal !== local ? 'email.lookalike-letters' : null
  const address = `${latinLocal}@${latinHost}`
  if (latinHost === '') return { normalized: null, verdict: 'junk', reason: 'email.bad-domain' }
  const meant = meantHost(latinHost)
  if (meant && LOCAL.test(latinLocal))
    return { normalized: `${latinLocal}@${meant}`, verdict: 'doubtful', reason: 'email.domain-typo' }
  if ((!LATIN_HOST.test(latinHost) && !cyrillicHost) || latinHost.length > 253)
    return (
      inOtherLayout(`${local}@${writtenHost}`) ?? {
        normalized: null,
        verdict: 'junk',
        reason: 'email.bad-domain',
      }
    )
  if (!LOCAL.test(latinLocal) || latinLocal.length > 64 || (/[а-яё]/.test(latinLocal) && !cyrillicHost))
    return badLocal(latinLocal, latinHost)
  if (FAKES.test(address) || FAKE_BOXES.test(address))
    return { normalized: address, verdict: 'doubtful', reason: 'email.fake' }
  const reason = repair ?? twins
  return { normalized: address, verdict: reason ? 'fixed' : 'ok', reason }
}

/** A stray dot at the edge of the name is likely a slip, yet nobody can know: shown for a look. Other signs are no name. */
function badLocal(local: string, host: string): EmailReading {
  const mended = local.replace(/^\.+|\.+$/g, '').replace(/\.{2,}/g, '.')
  const readable = LOCAL.test(mended) && !/[а-яё]/.test(mended)
  return {
    normalized: readable ? `${mended}@${host}` : null,
    verdict: readable ? 'doubtful' : 'junk',
    reason: 'email.bad-local',
  }
}

/** «штащ"учфьздую…»: the whole address typed with the Russian layout on, where Shift+2 gives a quotation mark. */
export function inOtherLayout(written: string): EmailReading | null {
  const text = written.trim().toLowerCase()
  if (!/^[а-яё\d"@._-]+$/.test(text) || !/["@]/.test(text)) return null
  const retyped = otherLayout(text.replace('"', '@'))?.replaceAll('/', '.')
  const [local = '', host = ''] = retyped?.split('@') ?? []
  if (!LOCAL.test(local) || !LATIN_HOST.test(host)) return null
  return { normalized: `${local}@${host}`, verdict: 'fixed', reason: 'email.layout' }
}

const RARE_TWINS: Record<string, string> = { і: 'i', ѕ: 's', ј: 'j', в: 'b', н: 'h', м: 'm', т: 't', к: 'k' }

/** Cyrillic letters of a word that has Latin ones too, or nothing but twins, as their Latin twins. */
function latin(word: string): string {
  if (!/[\u0400-\u04FF]/.test(word)) return word
  const common = toLatinTwins(word)
  return /[a-z]/.test(common)
    ? common.replace(/[ісѕјкмтнв]/g, (letter) => RARE_TWINS[letter] ?? letter)
    : word
}
