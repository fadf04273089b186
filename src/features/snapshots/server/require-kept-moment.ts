import { rowOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'

/** A moment the journal reaches back to. @throws Problem 422 before it begins and in the future */
export async function requireKeptMoment(tx: Tx, at: string) {
  const row = await rowOf<{ future: boolean; early: boolean | null }>(
    tx,
    `select $1::timestamptz > now() as future, $1::timestamptz < (select journal_from from company limit 1) as early`,
    [at],
  )
  if (row!.future)
    throw invalid('at', {
      ru: 'Этот момент ещё не наступил.',
      en: 'That moment has not come yet.',
    })
  if (row!.early)
    throw invalid('at', {
      ru: 'Так далеко журнал не достаёт: прежние месяцы из него удалены.',
      en: 'The journal does not reach back that far: earlier months have been dropped.',
    })
}
