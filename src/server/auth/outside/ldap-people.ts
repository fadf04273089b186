import { AndFilter, type Client, type Entry, EqualityFilter, FilterParser, OrFilter } from 'ldapts'
import { fillFilter, openFilter } from './ldap-filter.ts'
import { askDirectory, passwordOpens } from './ldap-connection.ts'
import type { OutsidePerson } from './outside-person.ts'
import type { DirectorySettings } from './settings.ts'

/** What never changes of an entry: OpenLDAP and FreeIPA, Active Directory, 389. */
const ids = ['entryUUID', 'objectGUID', 'nsUniqueId'] as const
const attributes = [
  ...ids,
  'uid',
  'sAMAccountName',
  'userPrincipalName',
  'mail',
  'displayName',
  'cn',
  'memberOf',
  'userAccountControl',
  'accountExpires',
  'pwdAccountLockedTime',
  'nsAccountLock',
]
const asked = { attributes, explicitBufferAttributes: ['objectGUID'], timeLimit: 8 }
const atOnce = 50

/**
 * Who in the directory signs in with these.
 * @param typed a login, an e-mail, or `DOMAIN\login`
 * @param beforeTry is told whose password is about to be tried: a directory takes many spellings of one name
 * @returns undefined where the password does not fit, the entry is disabled, nobody or more than one is called so
 * @throws DirectoryAway
 */
export async function personWith(
  settings: DirectorySettings,
  typed: string,
  password: string,
  beforeTry: (subject: string) => Promise<unknown> = async () => {},
): Promise<OutsidePerson | undefined> {
  const login = typed.trim().replace(/^[^\\@]+\\(?=[^\\]+$)/, '')
  if (login === '' || password === '') return undefined
  return askDirectory(settings, async (client, url) => {
    // References to other servers come beside the entries and are not followed: they are not who was configured.
    const { searchEntries } = await client.search(settings.base, {
      ...asked,
      scope: 'sub',
      filter: fillFilter(settings.filter, { login }),
      sizeLimit: 2,
    })
    const [entry, other] = searchEntries
    if (!entry || other || isDisabled(entry)) return undefined
    await beforeTry(subjectOf(entry) ?? entry.dn)
    if (!(await passwordOpens(settings, url, entry.dn, password))) return undefined
    return personOf(entry, await groupsOf(settings, client, entry))
  })
}

/**
 * Those of the people given who are still there, may sign in, and what groups they are in; who is missing is gone or disabled.
 * @param subjects as `OutsidePerson.subject`
 * @throws DirectoryAway
 */
export async function stillThere(
  settings: DirectorySettings,
  subjects: string[],
): Promise<Map<string, OutsidePerson>> {
  const everybody = FilterParser.parseString(openFilter(settings.filter))
  return askDirectory(settings, async (client) => {
    const found = new Map<string, OutsidePerson>()
    for (let at = 0; at < subjects.length; at += atOnce) {
      const these = new OrFilter({ filters: subjects.slice(at, at + atOnce).map(bySubject) })
      const { searchEntries } = await client.search(settings.base, {
        ...asked,
        scope: 'sub',
        filter: new AndFilter({ filters: [everybody, these] }),
      })
      for (const entry of searchEntries.filter((one) => !isDisabled(one))) {
        const person = personOf(entry, await groupsOf(settings, client, entry))
        if (person) found.set(person.subject, person)
      }
    }
    return found
  })
}

/** How many the filter finds, up to a hundred: for the doctor. @throws DirectoryAway */
export const countPeople = (settings: DirectorySettings) =>
  askDirectory(settings, async (client) => {
    const { searchEntries } = await client.search(settings.base, {
      scope: 'sub',
      filter: openFilter(settings.filter),
      attributes: ['1.1'],
      sizeLimit: 100,
    })
    return searchEntries.length
  })

function personOf(entry: Entry, groups: string[]): OutsidePerson | undefined {
  const subject = subjectOf(entry)
  if (!subject) return undefined
  const login = text(entry.sAMAccountName) ?? text(entry.uid) ?? entry.dn
  return {
    source: 'directory',
    issuer: 'directory',
    subject,
    login,
    email: emailOf(entry),
    // The directory is the company's own: its operator says whose e-mail it is.
    emailVerified: true,
    name: text(entry.displayName) ?? text(entry.cn) ?? login,
    groups,
  }
}

const emailOf = (entry: Entry) =>
  [text(entry.mail), text(entry.userPrincipalName)].find(
    (one) => one !== undefined && /^\S+@\S+$/.test(one),
  ) ?? null

function subjectOf(entry: Entry): string | undefined {
  for (const id of ids) {
    const value = [entry[id]].flat()[0]
    if (value !== undefined && value.length > 0)
      return `${id}=${Buffer.isBuffer(value) ? value.toString('hex') : value.toLowerCase()}`
  }
  return undefined
}

/** As objects: in a filter's text the library takes bytes for letters. */
function bySubject(subject: string): EqualityFilter {
  const [attribute = '', value = ''] = subject.split('=', 2)
  return new EqualityFilter({
    attribute,
    value: attribute === 'objectGUID' ? Buffer.from(value, 'hex') : value,
  })
}

async function groupsOf({ groups }: DirectorySettings, client: Client, entry: Entry): Promise<string[]> {
  const own = texts(entry.memberOf)
  if (!groups) return own
  const login = text(entry.sAMAccountName) ?? text(entry.uid) ?? ''
  const { searchEntries } = await client.search(groups.base, {
    scope: 'sub',
    filter: fillFilter(groups.filter, { dn: entry.dn, login }),
    attributes: ['1.1'],
    timeLimit: 8,
  })
  return [...own, ...searchEntries.map(({ dn }) => dn)]
}

/** Nanoseconds / 100 from 1601 to 1970. */
const windowsEpoch = 116_444_736_000_000_000n

/** As Active Directory, OpenLDAP and 389 say it. */
function isDisabled(entry: Entry): boolean {
  const disabledThere = (Number(text(entry.userAccountControl) ?? 0) & 2) !== 0
  const lockedForGood = texts(entry.pwdAccountLockedTime).some((when) => when.startsWith('00000101'))
  return disabledThere || lockedForGood || /^true$/i.test(text(entry.nsAccountLock) ?? '') || isExpired(entry)
}

function isExpired(entry: Entry): boolean {
  const given = text(entry.accountExpires) ?? '0'
  if (!/^\d+$/.test(given) || BigInt(given) === 0n || BigInt(given) >= 2n ** 63n - 1n) return false
  return BigInt(given) < BigInt(Date.now()) * 10_000n + windowsEpoch
}

const texts = (value: Entry[string] | undefined): string[] =>
  [value ?? []]
    .flat()
    .map(String)
    .filter((one) => one !== '')
const text = (value: Entry[string] | undefined): string | undefined => texts(value)[0]
