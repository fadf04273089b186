import { readFileSync } from 'node:fs'
import { FilterParser } from 'ldapts'
import { Refusal } from '#server/refusal.ts'

/** The company's OpenID Connect provider. */
export interface ProviderSettings {
  /** As the provider writes it, a slash at the end included. */
  issuer: string
  clientId: string
  clientSecret: string | null
  /** On the button: «Войти через …». */
  name: string
  scopes: string
  /** The claim with the person's groups; dots go down: `realm_access.roles`. */
  groupsClaim: string
  /** The provider says nothing of `email_verified` and every e-mail of it is the company's own. */
  emailTrusted: boolean
  /** A session opened through it ends after so many hours and asks it again. */
  sessionHours: number
}

/** The company's directory. */
export interface DirectorySettings {
  /** Tried in turn: `ldaps://dc1.example.ru`. */
  urls: string[]
  /** Who looks people up; null: nobody in particular. */
  bindDn: string | null
  bindPassword: string
  base: string
  /** `{login}` stands for what the person typed. */
  filter: string
  startTls: boolean
  /** PEM of who signs its certificate, where the system does not know him. */
  ca: string | null
  /** A server that does not answer for so long is passed over. */
  patienceSeconds: number
  /** Groups that name their members, beside `memberOf`; `{dn}` and `{login}` stand for the person. */
  groups: { base: string; filter: string } | null
}

export interface OutsideSettings {
  provider: ProviderSettings | null
  directory: DirectorySettings | null
}

export const nothingOutside: OutsideSettings = { provider: null, directory: null }

type Settings = NodeJS.ProcessEnv

/** @throws Refusal where a part is missing or cannot be meant */
export const readOutside = (settings: Settings): OutsideSettings => ({
  provider: providerOf(settings),
  directory: directoryOf(settings),
})

function providerOf(settings: Settings): ProviderSettings | null {
  const { KARTOTEKA_OIDC_ISSUER: issuer, KARTOTEKA_OIDC_CLIENT_ID: clientId } = settings
  if (!issuer && !clientId) return null
  if (!issuer || !clientId) throw new Refusal('oidc-half')
  // The address the provider sends people back to must be one it knows.
  if (!settings.KARTOTEKA_URL) throw new Refusal('oidc-needs-url')
  const address = URL.parse(issuer)
  if (!address || !(address.protocol === 'https:' || isHere(address)))
    throw new Refusal('oidc-issuer-unfit', { issuer })
  const hours = Number(settings.KARTOTEKA_OIDC_SESSION_HOURS ?? 12)
  if (!(hours > 0 && hours <= 720)) throw new Refusal('oidc-hours-unfit')
  return {
    issuer,
    clientId,
    clientSecret: secretOf(settings, 'KARTOTEKA_OIDC_CLIENT_SECRET'),
    name: settings.KARTOTEKA_OIDC_NAME ?? address.hostname,
    scopes: settings.KARTOTEKA_OIDC_SCOPES ?? 'openid email profile',
    groupsClaim: settings.KARTOTEKA_OIDC_GROUPS_CLAIM ?? 'groups',
    emailTrusted: isYes(settings.KARTOTEKA_OIDC_EMAIL_TRUSTED),
    sessionHours: hours,
  }
}

const usualFilter =
  '(&(objectClass=person)(|(uid={login})(sAMAccountName={login})(userPrincipalName={login})(mail={login})))'

function directoryOf(settings: Settings): DirectorySettings | null {
  const { KARTOTEKA_LDAP_URL: url, KARTOTEKA_LDAP_BASE: base } = settings
  if (!url && !base) return null
  if (!url || !base) throw new Refusal('ldap-half')
  const urls = url.split(/[\s,]+/).filter((part) => part !== '')
  const startTls = isYes(settings.KARTOTEKA_LDAP_STARTTLS)
  for (const one of urls) checkAddress(one, startTls || isYes(settings.KARTOTEKA_LDAP_PLAIN))
  const ca = settings.KARTOTEKA_LDAP_CA
  return {
    urls,
    bindDn: settings.KARTOTEKA_LDAP_BIND_DN ?? null,
    bindPassword: secretOf(settings, 'KARTOTEKA_LDAP_BIND_PASSWORD') ?? '',
    base,
    filter: filterOf(settings.KARTOTEKA_LDAP_FILTER ?? usualFilter, 'KARTOTEKA_LDAP_FILTER', /\{login\}/),
    startTls,
    ca: ca ? readNamed(ca) : null,
    patienceSeconds: patienceOf(settings.KARTOTEKA_LDAP_TIMEOUT),
    groups: settings.KARTOTEKA_LDAP_GROUP_BASE
      ? {
          base: settings.KARTOTEKA_LDAP_GROUP_BASE,
          filter: filterOf(
            settings.KARTOTEKA_LDAP_GROUP_FILTER ?? '(|(member={dn})(uniqueMember={dn})(memberUid={login}))',
            'KARTOTEKA_LDAP_GROUP_FILTER',
            /\{(dn|login)\}/,
          ),
        }
      : null,
  }
}

function patienceOf(text = '8'): number {
  const seconds = Number(text)
  if (!(seconds >= 1 && seconds <= 60)) throw new Refusal('ldap-timeout-unfit')
  return seconds
}

/** Passwords go over the wire as they are: in the clear only to this computer, or where the operator says so. */
function checkAddress(text: string, mayBePlain: boolean) {
  const address = URL.parse(text)
  if (!address?.hostname || !/^ldaps?:$/.test(address.protocol))
    throw new Refusal('ldap-url-unfit', { url: text })
  if (address.protocol === 'ldap:' && !mayBePlain && !isHere(address))
    throw new Refusal('ldap-plain', { url: text })
}

function filterOf(filter: string, name: string, place: RegExp): string {
  try {
    if (!place.test(filter)) throw new Error('nobody in it')
    FilterParser.parseString(filter.replaceAll(/\{\w+\}/g, 'x'))
    return filter
  } catch {
    throw new Refusal('ldap-filter-unfit', { name, login: '{login}', dn: '{dn}' })
  }
}

/** A secret, or the first line of the file that holds it. */
function secretOf(settings: Settings, name: string): string | null {
  const file = settings[`${name}_FILE`]
  return settings[name] ?? (file ? readNamed(file).split(/\r?\n/, 1)[0]! : null)
}

function readNamed(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Refusal('file-unreadable', { file })
  }
}

const isHere = ({ protocol, hostname }: URL) =>
  protocol !== 'https:' && (hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.'))

const isYes = (text: string | undefined) => /^(true|yes|1)$/i.test(text ?? '')
