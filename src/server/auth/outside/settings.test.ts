import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Refusal } from '#server/refusal.ts'
import { readOutside } from './settings.ts'

const oidc = {
  KARTOTEKA_URL: 'https://base.example.ru',
  KARTOTEKA_OIDC_ISSUER: 'https://id.example.ru/realms/office/',
  KARTOTEKA_OIDC_CLIENT_ID: 'kartoteka',
}
const ldap = { KARTOTEKA_LDAP_URL: 'ldaps://dc1.example.ru', KARTOTEKA_LDAP_BASE: 'dc=example,dc=ru' }

test('nothing is outside unless it is configured', () => {
  expect(readOutside({ KARTOTEKA_URL: 'https://base.example.ru' })).toEqual({
    provider: null,
    directory: null,
  })
})

test('a provider is what its issuer and client say, with what is usual for the rest', () => {
  expect(readOutside(oidc).provider).toEqual({
    issuer: 'https://id.example.ru/realms/office/',
    clientId: 'kartoteka',
    clientSecret: null,
    name: 'id.example.ru',
    scopes: 'openid email profile',
    groupsClaim: 'groups',
    emailTrusted: false,
    sessionHours: 12,
  })
})

test('several servers are named in a row', () => {
  const { directory } = readOutside({
    ...ldap,
    KARTOTEKA_LDAP_URL: 'ldaps://dc1.example.ru, ldaps://dc2.example.ru:3269',
  })
  expect(directory?.urls).toEqual(['ldaps://dc1.example.ru', 'ldaps://dc2.example.ru:3269'])
  expect(directory?.bindDn).toBeNull()
  expect(directory?.filter).toContain('(sAMAccountName={login})')
})

test('secrets may stand in files, of which the first line counts', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kartoteka-secrets-'))
  const file = join(folder, 'secret')
  writeFileSync(file, 'of the file\nand more')
  expect(readOutside({ ...oidc, KARTOTEKA_OIDC_CLIENT_SECRET_FILE: file }).provider?.clientSecret).toBe(
    'of the file',
  )
  expect(readOutside({ ...ldap, KARTOTEKA_LDAP_BIND_PASSWORD_FILE: file }).directory?.bindPassword).toBe(
    'of the file',
  )
  rmSync(folder, { recursive: true, force: true })
})

const reasonOf = (settings: NodeJS.ProcessEnv) => {
  try {
    readOutside(settings)
    return 'taken'
  } catch (error) {
    return error instanceof Refusal ? error.reason : error
  }
}

test.each([
  ['oidc-half', { ...oidc, KARTOTEKA_OIDC_CLIENT_ID: undefined }],
  ['oidc-needs-url', { ...oidc, KARTOTEKA_URL: undefined }],
  ['oidc-issuer-unfit', { ...oidc, KARTOTEKA_OIDC_ISSUER: 'http://id.example.ru' }],
  ['oidc-issuer-unfit', { ...oidc, KARTOTEKA_OIDC_ISSUER: 'id.example.ru' }],
  ['taken', { ...oidc, KARTOTEKA_OIDC_ISSUER: 'http://127.0.0.1:4000' }],
  ['oidc-hours-unfit', { ...oidc, KARTOTEKA_OIDC_SESSION_HOURS: 'for ever' }],
  ['ldap-half', { ...ldap, KARTOTEKA_LDAP_BASE: undefined }],
  ['ldap-url-unfit', { ...ldap, KARTOTEKA_LDAP_URL: 'https://dc1.example.ru' }],
  ['ldap-plain', { ...ldap, KARTOTEKA_LDAP_URL: 'ldap://dc1.example.ru' }],
  ['taken', { ...ldap, KARTOTEKA_LDAP_URL: 'ldap://dc1.example.ru', KARTOTEKA_LDAP_STARTTLS: 'true' }],
  ['taken', { ...ldap, KARTOTEKA_LDAP_URL: 'ldap://dc1.example.ru', KARTOTEKA_LDAP_PLAIN: 'true' }],
  ['taken', { ...ldap, KARTOTEKA_LDAP_URL: 'ldap://127.0.0.1:389' }],
  ['ldap-filter-unfit', { ...ldap, KARTOTEKA_LDAP_FILTER: '(uid={login}' }],
  ['ldap-filter-unfit', { ...ldap, KARTOTEKA_LDAP_FILTER: '(uid=anna)' }],
  [
    'ldap-filter-unfit',
    { ...ldap, KARTOTEKA_LDAP_GROUP_BASE: 'ou=g', KARTOTEKA_LDAP_GROUP_FILTER: '(cn=x)' },
  ],
  ['ldap-timeout-unfit', { ...ldap, KARTOTEKA_LDAP_TIMEOUT: '0' }],
  ['file-unreadable', { ...ldap, KARTOTEKA_LDAP_CA: '/no/such/file' }],
])('what cannot be meant is refused at start: %s', (reason, settings) => {
  expect(reasonOf(settings)).toBe(reason)
})
