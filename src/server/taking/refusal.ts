import { Problem, type Sentence } from '#server/http/problem.ts'

export interface Refused {
  refused: 'no-right' | 'quota' | null
  quota: number | null
  taken: number | null
}

/** Why something may not be taken out. `ask` is what a request to the head has to name, word for word. */
export function refusalOf({ refused, quota, taken }: Refused, ask: { rows: number }): Problem {
  if (refused === 'no-right') return new Problem(403, 'no-export-right', noRight)
  const left = Math.max(0, quota! - taken!)
  return new Problem(403, 'export-quota', aboveQuota(ask.rows, left), { quota, taken, left, ask })
}

const noRight = {
  ru: 'Выгрузка вам не разрешена. Право на неё даёт руководитель.',
  en: 'You have no right of export. The head grants it.',
}

const ru = new Intl.NumberFormat('ru-RU')
const en = new Intl.NumberFormat('en-GB')

const aboveQuota = (rows: number, left: number): Sentence => ({
  ru: `Превышена квота выгрузки: строк ${ru.format(rows)}, а осталось ${ru.format(left)}. Попросите руководителя: укажите причину, и он разрешит эту выгрузку.`,
  en: `Above the export quota: ${en.format(rows)} rows, and ${en.format(left)} are left. Ask the head: give a reason, and he may allow this export.`,
})
