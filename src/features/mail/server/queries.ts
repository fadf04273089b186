import type { z } from 'zod'
import type {
  LetterHours,
  listLetters,
  MailAccount,
  MailSettings,
  SentLetter,
} from '#features/mail/contract.ts'
import type { Sentence } from '#server/http/problem.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

/** The account without its password, the hours, and how letters fare. */
export async function mailSettings(tx: Tx, now: Date): Promise<MailSettings> {
  const row = await rowOf<MailSettings>(
    tx,
    `select (select json_build_object('host', host, 'port', port, 'security', security, 'checkCertificate', check_certificate,
         'userName', user_name, 'senderName', sender_name, 'senderAddress', sender_address, 'perHour', per_hour) from mail_account) as account,
       mail_password_kept() as "passwordKept",
       coalesce((select json_build_object('morningAt', to_char(morning_letter_at, 'HH24:MI'), 'dayAt', to_char(day_letter_at, 'HH24:MI'),
         'weekdays', letter_weekdays) from company),
         json_build_object('morningAt', '08:30', 'dayAt', '18:30', 'weekdays', '{1,2,3,4,5}'::int[])) as hours,
       (select json_build_object('waiting', count(*) filter (where status in ('waiting', 'sending')),
           'sent', count(*) filter (where status = 'sent' and sent_at > $1::timestamptz - interval '1 day'),
           'failed', count(*) filter (where status = 'failed' and created_at > $1::timestamptz - interval '1 day'))
        from letters where status in ('waiting', 'sending') or created_at > $1::timestamptz - interval '4 days') as letters`,
    [now],
  )
  return row!
}

/** The account; the password kept stays. */
export const writeAccount = (tx: Tx, account: MailAccount) =>
  rowsOf(
    tx,
    `insert into mail_account as m (host, port, security, check_certificate, user_name, sender_name, sender_address, per_hour)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (one) do update set host = excluded.host, port = excluded.port, security = excluded.security,
       check_certificate = excluded.check_certificate, user_name = excluded.user_name, sender_name = excluded.sender_name,
       sender_address = excluded.sender_address, per_hour = excluded.per_hour, updated_at = now(), updated_by = caller_id()`,
    [
      account.host,
      account.port,
      account.security,
      account.checkCertificate,
      account.userName,
      account.senderName,
      account.senderAddress,
      account.perHour,
    ],
  )

export const writePassword = (tx: Tx, password: Buffer | null) =>
  rowsOf(tx, 'update mail_account set password = $1', [password])

export const forgetAccount = (tx: Tx) => rowsOf(tx, 'delete from mail_account')

export const writeHours = (tx: Tx, { morningAt, dayAt, weekdays }: Partial<LetterHours>) =>
  rowsOf(
    tx,
    `update company set morning_letter_at = coalesce($1::time, morning_letter_at), day_letter_at = coalesce($2::time, day_letter_at),
       letter_weekdays = coalesce($3::int[], letter_weekdays)`,
    [morningAt, dayAt, weekdays],
  )

type StoredLetter = Omit<z.output<typeof SentLetter>, 'problem'> & { problem: Sentence | null }

export const lettersPage = (tx: Tx, { status, cursor, limit }: z.output<(typeof listLetters)['input']>) =>
  rowsOf<StoredLetter>(
    tx,
    `select id, address, name, subject, status, tries, next_try_at as "nextTryAt", problem, created_at as "createdAt", sent_at as "sentAt"
     from letters where ($1::text[] is null or status = any ($1)) and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [status && (status === 'waiting' ? ['waiting', 'sending'] : [status]), cursor, limit + 1],
  )
