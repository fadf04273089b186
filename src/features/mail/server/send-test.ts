import { newId } from '#shared/new-id.ts'
import { type Language, Problem } from '#server/http/problem.ts'
import type { Kernel } from '#server/kernel.ts'
import { readAccount } from '#server/mail/account.ts'
import { compose } from '#server/mail/compose.ts'
import { failureOf } from '#server/mail/failure.ts'
import { mailerOf, messageIdOf } from '#server/mail/transport.ts'

/** Sends a letter past the outbox, so that the answer is the server's. @throws Problem 422 with what was in the way */
export async function sendTest(
  kernel: Kernel,
  to: { address: string; name: string },
  language: Language,
): Promise<string> {
  const account = await readAccount(kernel.database.owner, kernel.secret)
  if (!account) {
    throw new Problem(422, 'mail-not-set', {
      ru: 'Сначала сохраните учётную запись почты.',
      en: 'Save the mail account first.',
    })
  }
  const id = newId()
  const { subject, text } = words[language]
  const mailer = mailerOf(account)
  try {
    await mailer.send({ id, ...to, subject, ...compose([{ text }]) })
  } catch (error) {
    const { kind, sentence } = failureOf(error, account)
    throw new Problem(422, `mail-${kind}`, sentence)
  } finally {
    mailer.close()
  }
  return messageIdOf(id, account)
}

const words: Record<Language, { subject: string; text: string }> = {
  ru: {
    subject: 'Пробное письмо из Картотеки',
    text: 'Если вы читаете это письмо, почта в Картотеке настроена верно.',
  },
  en: {
    subject: 'Test letter from Kartoteka',
    text: 'If you can read this letter, the mail of Kartoteka is set up right.',
  },
}
