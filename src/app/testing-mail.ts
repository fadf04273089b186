import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedLetter {
  from: string
  to: string[]
  messageId: string
  subject: string
  /** The plain text of it. */
  text: string
  html: string
  secure: boolean
}

export interface MailServer {
  port: number
  letters: ReceivedLetter[]
  /** Resolves when so many letters have come. */
  received(count: number): Promise<ReceivedLetter[]>
  stop(): Promise<void>
}

/** A real SMTP server on loopback, with a certificate of its own for localhost. Options are those of the package. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const letters: ReceivedLetter[] = []
  const server = new SMTPServer({
    key: testKey,
    cert: testCertificate,
    authOptional: true,
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'mail@example.test' && password === 'correct'
        ? done(null, { user: username })
        : done(new Error('535 5.7.8 wrong user name or password')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        letters.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          ...read(Buffer.concat(chunks).toString('utf8')),
        })
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return {
    port,
    letters,
    received: async (count) => {
      for (let tries = 0; tries < 400 && letters.length < count; tries++) await pause(25)
      if (letters.length < count) throw new Error(`${letters.length} letters of ${count} in ten seconds`)
      return letters
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** What a mail program would show of a letter. */
function read(raw: string): Pick<ReceivedLetter, 'messageId' | 'subject' | 'text' | 'html'> {
  const { headers, body } = partOf(raw)
  const boundary = /boundary="([^"]+)"/.exec(headers['content-type'] ?? '')?.[1]
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map(partOf) : [{ headers, body }]
  const textOf = (type: string) => {
    const part = parts.find(({ headers }) => headers['content-type']?.startsWith(type))
    return part ? decoded(part.body, part.headers['content-transfer-encoding']) : ''
  }
  return {
    messageId: headers['message-id'] ?? '',
    subject: worded(headers.subject ?? ''),
    text: textOf('text/plain').replaceAll('\r\n', '\n'),
    html: textOf('text/html'),
  }
}

function partOf(raw: string): { headers: Record<string, string>; body: string } {
  const text = raw.replace(/^\r\n/, '')
  const end = text.indexOf('\r\n\r\n')
  const lines = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return { headers, body: text.slice(end + 4) }
}

function decoded(body: string, encoding = '7bit'): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')) : body
}

const quoted = (text: string) =>
  text.replace(/(?:=[0-9A-F]{2})+/g, (run) => Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'))

/** Words of RFC 2047 in a header. */
const worded = (header: string) =>
  header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?(B|Q)\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quoted(text.replaceAll('_', ' ')),
    )

/** Signs itself; of tests alone. */
export const testKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLLdqLpUo00wCdpJ1
60UYch26mPCancoRLc7RwoE8U3WhRANCAATlv/mDuK62cRX+kxrUY/lQNbKiiPhH
Q+0iU5k/YFDs2nf6pcPy4fUvU5R53UM52Sxp9iF/d/Uan/SoCBDFWMrQ
-----END PRIVATE KEY-----`
export const testCertificate = `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUfxsX3LTJe2on57v15nv23uNjeYQwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNTEzNTMzMFoYDzIxMjYxMTAx
MTM1MzMwWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATlv/mDuK62cRX+kxrUY/lQNbKiiPhHQ+0iU5k/YFDs2nf6pcPy4fUv
U5R53UM52Sxp9iF/d/Uan/SoCBDFWMrQo28wbTAdBgNVHQ4EFgQU4Aa/QGBStyyU
w/S1rxAOpot5xo0wHwYDVR0jBBgwFoAU4Aa/QGBStyyUw/S1rxAOpot5xo0wGgYD
VR0RBBMwEYIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI
zj0EAwIDSAAwRQIhAIYjxaq+YeiaCqeU28SS9hLfvghO4ToPRWzxU8hZ/HZxAiAH
AE2dubH6numBfitrsKSsMMRMfBo0U9RaXD/ksdKgzQ==
-----END CERTIFICATE-----`
