import type pg from 'pg'
import { unseal } from '#server/sealed.ts'

/** How the connection is protected: TLS from the first byte, TLS after STARTTLS and never without, or none. */
export type Security = 'tls' | 'starttls' | 'none'

export interface MailAccount {
  host: string
  port: number
  security: Security
  checkCertificate: boolean
  userName: string | null
  /** Null: there is none, or the installation's secret is another one now. */
  password: string | null
  senderName: string
  senderAddress: string
  /** So many letters leave in an hour at most. */
  perHour: number
}

/** The company's account with its password, for the kernel alone; null where none is set. */
export async function readAccount(owner: pg.Pool, secret: Buffer): Promise<MailAccount | null> {
  const { rows } = await owner.query<Omit<MailAccount, 'password'> & { sealed: Buffer | null }>(
    `select host, port, security, check_certificate as "checkCertificate", user_name as "userName", password as sealed,
       sender_name as "senderName", sender_address as "senderAddress", per_hour as "perHour" from mail_account`,
  )
  const row = rows[0]
  if (!row) return null
  const { sealed, ...account } = row
  return { ...account, password: sealed && unseal(secret, 'mail account', sealed) }
}
