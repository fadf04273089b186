import nodemailer from 'nodemailer'
import type { MailAccount } from './account.ts'

/** What leaves: one letter to one person. */
export interface Sendable {
  /** The same letter has the same one however often it is tried: Message-ID is made of it. */
  id: string
  address: string
  name: string
  subject: string
  body: string
  html: string | null
}

export interface Mailer {
  /** Resolves when the server has taken the letter. @throws the error of SMTP (see failureOf) */
  send(letter: Sendable): Promise<void>
  close(): void
}

/** One connection to the company's server, kept open over several letters. */
export function mailerOf(account: MailAccount): Mailer {
  const { host, port, security, checkCertificate, userName, password } = account
  const transport = nodemailer.createTransport({
    pool: true,
    maxConnections: 1,
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { rejectUnauthorized: checkCertificate },
    ...(userName && { auth: { user: userName, pass: password ?? '' } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ id, address, name, subject, body, html }) => {
      await transport.sendMail({
        from: { name: account.senderName, address: account.senderAddress },
        to: { name, address },
        subject,
        text: body,
        ...(html !== null && { html }),
        messageId: messageIdOf(id, account),
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => transport.close(),
  }
}

/** `<id@domain>` */
export const messageIdOf = (id: string, { senderAddress }: Pick<MailAccount, 'senderAddress'>) =>
  `<${id}@${senderAddress.split('@').at(-1)}>`
