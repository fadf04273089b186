import { contactOf, LONGEST_CELL, unreadable, type ParsedContact } from './contact.ts'
import { cleanText, toLatinTwins } from './text.ts'
import { isPlaceholder, type VerdictReason } from './verdict.ts'

const HOST =
  /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+(?:[a-z]{2,24}|xn--[a-z\d-]+)$|^(?:[а-яё\d](?:[а-яё\d-]*[а-яё\d])?\.)+[а-яё]{2,24}$/
const LABEL = /^(?:сайт|веб-?сайт|site|web|www)\s*[:=]\s*(?=\S)/i

/** Every site of one cell, in its order; [] for a placeholder. Normalized: host and path, without scheme and «www.». */
export function parseWebsites(raw: string): ParsedContact[] {
  if (raw.length > LONGEST_CELL) return unreadable('website', raw)
  if (isPlaceholder(raw)) return []
  const parts = cleanText(raw)
    .replace(LABEL, '')
    .split(/[\s;|]+|,(?=\s|https?:|www\.)/)
    .filter((part) => part !== '')
  const sites = parts.filter((part) => /[.,]/.test(part)).map(readSite)
  if (sites.length === 0) return [contactOf('website', raw.trim(), 'junk', { reason: 'website.bad-domain' })]
  if (sites.length > 1) return sites
  const note = parts.filter((part) => !/[.,]/.test(part)).join(' ')
  return [{ ...sites[0]!, value: raw.trim(), note: note || null }]
}

function readSite(part: string): ParsedContact {
  if (/^[^/]+@/.test(part)) return contactOf('website', part, 'junk', { reason: 'website.is-email' })
  const bare = part.replace(/^(?:https?:\/\/)?(?:www\.)?/i, '')
  const tidy = bare.replace(/^(?:h?t?tps?:?[/\\]*)?(?:w{2,4}[.,]+)?/i, '').replace(/[.,]+$/, '')
  const [hostWritten = '', path = ''] = splitOnce(tidy, /[/?#\\]/)
  const dotted = hostWritten.toLowerCase().replaceAll(',', '.')
  const host = HOST.test(dotted) ? dotted : toLatinTwins(dotted)
  if (!HOST.test(host)) return contactOf('website', part, 'junk', { reason: 'website.bad-domain' })
  const reason: VerdictReason | null = host + path === lowerHost(bare) ? null : 'website.repaired'
  const normalized = host + path.replace(/\/$/, '')
  return contactOf('website', part, reason ? 'fixed' : 'ok', { normalized, reason })
}

function lowerHost(site: string): string {
  const [host = '', path = ''] = splitOnce(site, /[/?#\\]/)
  return host.toLowerCase() + path
}

function splitOnce(text: string, sign: RegExp): [string, string] {
  const index = text.search(sign)
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index)]
}
