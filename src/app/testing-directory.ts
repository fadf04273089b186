import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Attribute, Change, Client } from 'ldapts'
import type { DirectorySettings } from '#server/auth/outside/settings.ts'
import { testCertificate, testKey } from './testing-mail.ts'

const usual = '/usr/sbin/slapd'
const fetched = join(import.meta.dirname, '../../.cache/slapd/usr/sbin/slapd')
/** The OpenLDAP server that `npm test` found or fetched; undefined: there is none here. */
export const slapd = process.env.KARTOTEKA_SLAPD ?? [usual, fetched].find((path) => existsSync(path))

export const directoryBase = 'dc=example,dc=test'
const reader = { dn: `cn=reader,${directoryBase}`, password: 'of the reader (alone)' }
const root = { dn: `cn=root,${directoryBase}`, password: 'root' }

type Values = Record<string, string | string[] | Buffer>

export interface TestDirectory {
  url: string
  secureUrl: string
  /** As the product is configured for it. */
  settings: DirectorySettings
  add(dn: string, values: Values): Promise<void>
  /** Lays values over an entry's, adds to them, takes some away. */
  change(dn: string, values: Values, operation?: 'replace' | 'add' | 'delete'): Promise<void>
  remove(dn: string): Promise<void>
  /** Down for a while, and back with the same data at the same address. */
  halt(): Promise<void>
  start(): Promise<void>
  /** For good. */
  stop(): Promise<void>
}

/** A real OpenLDAP on loopback: memberOf, password policy, TLS with a certificate of its own, people as Active Directory has them. */
export async function startDirectory(): Promise<TestDirectory> {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-slapd-'))
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'key.pem'), testKey, { mode: 0o600 })
  await writeFile(join(folder, 'certificate.pem'), testCertificate)
  await writeFile(join(folder, 'slapd.conf'), configuration(folder))
  const { url, secureUrl, child } = await serveAnywhere(folder)
  let running = child
  const directory: TestDirectory = {
    url,
    secureUrl,
    settings: {
      urls: [url],
      bindDn: reader.dn,
      bindPassword: reader.password,
      base: directoryBase,
      filter:
        '(&(objectClass=person)(|(uid={login})(sAMAccountName={login})(userPrincipalName={login})(mail={login})))',
      startTls: false,
      ca: null,
      patienceSeconds: 8,
      groups: null,
    },
    add: (dn, values) => asRoot(url, (client) => client.add(dn, attributesOf(values))),
    change: (dn, values, operation = 'replace') =>
      asRoot(url, (client) =>
        client.modify(
          dn,
          attributesOf(values).map((modification) => new Change({ operation, modification })),
        ),
      ),
    remove: (dn) => asRoot(url, (client) => client.del(dn)),
    halt: () => ended(running),
    start: async () => {
      running = await serve(folder, url, secureUrl)
    },
    stop: async () => {
      await ended(running)
      await rm(folder, { recursive: true, force: true })
    },
  }
  await plant(directory)
  return directory
}

async function asRoot(url: string, work: (client: Client) => Promise<unknown>) {
  const client = new Client({ url })
  try {
    await client.bind(root.dn, root.password)
    await work(client)
  } finally {
    await client.unbind()
  }
}

const attributesOf = (values: Values) =>
  Object.entries(values).map(
    ([type, given]) => new Attribute({ type, values: [given].flat() as string[] | Buffer[] }),
  )

/** The company, its reader, and two corners: `ou=people` as OpenLDAP has them, `ou=ad` without entryUUID. */
async function plant({ add }: TestDirectory) {
  await add(directoryBase, { objectClass: ['dcObject', 'organization'], dc: 'example', o: 'Ромашка' })
  await add(reader.dn, {
    objectClass: ['organizationalRole', 'simpleSecurityObject'],
    cn: 'reader',
    userPassword: reader.password,
  })
  for (const ou of ['people', 'groups', 'ad'])
    await add(`ou=${ou},${directoryBase}`, { objectClass: 'organizationalUnit', ou })
}

/** Below the ports the system hands out, so that ours is free again after a halt; another program may still be quicker. */
async function serveAnywhere(folder: string) {
  for (let tries = 1; ; tries += 1) {
    const port = randomInt(20_000, 30_000)
    const url = `ldap://127.0.0.1:${port}`
    const secureUrl = `ldaps://127.0.0.1:${port + 1}`
    try {
      return { url, secureUrl, child: await serve(folder, url, secureUrl) }
    } catch (error) {
      if (tries === 5) throw error
    }
  }
}

/** Resolves when the server answers. */
async function serve(folder: string, url: string, secureUrl: string): Promise<ChildProcess> {
  const heard: string[] = []
  // Under an address its certificate does not name, too.
  const addresses = [url, secureUrl, secureUrl.replace('127.0.0.1', '127.0.0.2')].join(' ')
  const child = spawn(slapd!, ['-f', join(folder, 'slapd.conf'), '-h', addresses, '-d', '0'], {
    env: { ...process.env, LD_LIBRARY_PATH: librariesOf() },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr.on('data', (chunk: Buffer) => heard.push(String(chunk)))
  for (let tries = 0; tries < 600 && child.exitCode === null; tries += 1) {
    const client = new Client({ url, connectTimeout: 2000, timeout: 2000 })
    const answers = await client.search('', { scope: 'base', attributes: ['1.1'] }).then(
      () => true,
      () => false,
    )
    await client.unbind().catch(() => {})
    if (answers) return child
    await pause(50)
  }
  child.kill('SIGKILL')
  throw new Error(`slapd did not start: ${heard.join('')}`)
}

async function ended(child: ChildProcess) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  await gone
}

/** Where the server lies unpacked beside us; `` where it is installed. */
const home = () => (slapd === usual ? '' : dirname(dirname(dirname(slapd!))))

const librariesOf = () => {
  const folders = ['usr/lib', 'lib']
    .map((name) => join(home() || '/', name))
    .filter((path) => existsSync(path))
  return folders
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.includes('-linux-gnu'))
    .join(':')
}

const configuration = (folder: string) => `
${['core', 'cosine', 'inetorgperson'].map((name) => `include ${home()}/etc/ldap/schema/${name}.schema`).join('\n')}
modulepath ${home()}/usr/lib/ldap
moduleload back_mdb
moduleload memberof
moduleload refint
moduleload ppolicy
pidfile ${folder}/slapd.pid
TLSCertificateFile ${folder}/certificate.pem
TLSCertificateKeyFile ${folder}/key.pem
# A server that says yes to an empty password: the product must not ask it.
allow bind_anon_cred bind_anon_dn

attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.2 NAME 'objectGUID' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.159 NAME 'accountExpires' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
objectclass ( 1.2.840.113556.1.5.9.1 NAME 'adPerson' SUP top AUXILIARY MAY ( sAMAccountName $ userPrincipalName $ objectGUID $ userAccountControl $ accountExpires ) )

database mdb
suffix "${directoryBase}"
directory ${folder}/data
maxsize 33554432
dbnosync
rootdn "${root.dn}"
rootpw ${root.password}
index objectClass,uid,mail,entryUUID eq
access to attrs=userPassword by anonymous auth by * none
access to dn.subtree="ou=ad,${directoryBase}" attrs=entryUUID by * none
access to * by dn.exact="${reader.dn}" read by * none
overlay memberof
memberof-group-oc groupOfNames
memberof-refint TRUE
overlay refint
refint_attributes member memberOf
overlay ppolicy
`
