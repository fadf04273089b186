import type { Sentence } from '#server/http/problem.ts'
import type { MailAccount } from './account.ts'

export type FailureKind =
  | 'no-connection'
  | 'tls'
  | 'authentication'
  | 'sender-refused'
  | 'recipient-refused'
  | 'letter-refused'

/** Why a letter did not leave. */
export interface MailFailure {
  kind: FailureKind
  sentence: Sentence
  /** It may go later: the server is away, or asked to come again (greylisting). */
  temporary: boolean
  /** The next letter would meet the same: connection, TLS, sign-in. */
  ofAccount: boolean
}

interface SmtpError extends Error {
  code?: string
  command?: string
  response?: string
  responseCode?: number
}

/** Tells one failure of SMTP from another, in words that say what to do. */
export function failureOf(thrown: unknown, account: MailAccount): MailFailure {
  const error = thrown as SmtpError
  const kind = kindOf(error)
  const temporary = kind === 'no-connection' || Math.floor((error.responseCode ?? 500) / 100) === 4
  const ofAccount = kind === 'no-connection' || kind === 'tls' || kind === 'authentication'
  return {
    kind,
    temporary: temporary || ofAccount,
    ofAccount,
    sentence: sentences[kind](account, saidBy(error)),
  }
}

function kindOf({ code, command, message }: SmtpError): FailureKind {
  if (code === 'EAUTH' || code === 'ENOAUTH') return 'authentication'
  if (code === 'EENVELOPE') return command === 'MAIL FROM' ? 'sender-refused' : 'recipient-refused'
  if (code === 'EMESSAGE') return 'letter-refused'
  if (
    code === 'ETLS' ||
    command === 'STARTTLS' ||
    /certificate|self-signed|SSL|TLS|wrong version/i.test(message)
  )
    return 'tls'
  if (['ECONNECTION', 'ETIMEDOUT', 'EDNS', 'ESOCKET', 'ECONNREFUSED', 'EPROTOCOL'].includes(code ?? ''))
    return command === 'MAIL FROM'
      ? 'sender-refused'
      : command === 'RCPT TO'
        ? 'recipient-refused'
        : 'no-connection'
  return 'letter-refused'
}

/** The server's own words, short; without the code of the library. */
const saidBy = ({ response, message }: SmtpError) =>
  (response ?? message.replace(/; if the root CA.*/s, '')).replace(/\s+/g, ' ').trim().slice(0, 200)

const sentences: Record<FailureKind, (account: MailAccount, said: string) => Sentence> = {
  'no-connection': ({ host, port }, said) => ({
    ru: `Сервер ${host}:${port} не отвечает (${said}). Проверьте адрес, порт и выход в сеть.`,
    en: `The server ${host}:${port} does not answer (${said}). Check the address, the port and the network.`,
  }),
  tls: ({ host, port }, said) => ({
    ru: `Защищённое соединение с ${host}:${port} не получилось (${said}). Проверьте вид защиты и порт; если сертификат у сервера свой, снимите проверку сертификата.`,
    en: `No protected connection to ${host}:${port} (${said}). Check the kind of protection and the port; if the server signs its certificate itself, switch the check of certificates off.`,
  }),
  authentication: ({ userName }, said) => ({
    ru: `Сервер не принял имя${userName ? ` «${userName}»` : ''} и пароль (${said}). У почтовых служб для программ бывает отдельный пароль.`,
    en: `The server refused the user name${userName ? ` “${userName}”` : ''} and password (${said}). Mail services may want a password of its own for programs.`,
  }),
  'sender-refused': ({ senderAddress }, said) => ({
    ru: `Сервер не разрешает отправлять с адреса ${senderAddress} (${said}). Укажите адрес этой учётной записи.`,
    en: `The server does not let ${senderAddress} send (${said}). Give the address of this account.`,
  }),
  'recipient-refused': (_, said) => ({
    ru: `Сервер не принял адрес получателя (${said}).`,
    en: `The server refused the address of the recipient (${said}).`,
  }),
  'letter-refused': (_, said) => ({
    ru: `Сервер не принял письмо (${said}).`,
    en: `The server refused the letter (${said}).`,
  }),
}
