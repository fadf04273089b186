import type { DayFigure, DaySheet } from '#features/day-sheets/contract.ts'
import type { Tx } from '#server/db/tx.ts'
import type { Block } from '#server/mail/compose.ts'
import type { DailyLetter, Occasion, Reader } from '#server/mail/daily.ts'
import { dayInWords, letterWords } from './letter-words.ts'
import { sheetsOf } from './sheets.ts'
import { sheetWords } from './words.ts'

/** What fits across a letter. */
const shown: DayFigure[] = ['planned', 'done', 'call', 'meeting', 'moved', 'newClients', 'changedClients']

/** The day of a head's people side by side. */
export const dayLetter: DailyLetter = { kind: 'day', compose }

async function compose(tx: Tx, reader: Reader, { day, now, url }: Occasion) {
  const words = letterWords[reader.language]
  const titles = sheetWords[reader.language]
  const { people, sheets } = await sheetsOf(tx, reader, { from: day, to: day }, now)
  if (people.length === 0) return null
  const names = new Map(people.map(({ userId, name }) => [userId, name]))
  const figuresOf = ({ closed, figures }: DaySheet) => closed?.figures ?? figures
  const rows = sheets.map((sheet) => [
    names.get(sheet.userId) ?? '',
    ...shown.map((figure) => figuresOf(sheet)[figure]),
    sheet.closed ? titles.yes : titles.no,
  ])
  const sums = shown.map((figure) => sheets.reduce((sum, sheet) => sum + figuresOf(sheet)[figure], 0))
  const commented = sheets.filter(({ comment }) => comment !== '')
  const blocks: Block[] = [
    { text: words.greeting(reader.name) },
    {
      head: [titles.manager, ...shown.map((figure) => titles.figures[figure]), words.closed],
      rows: [...rows, [titles.total, ...sums, '']],
    },
  ]
  if (commented.length > 0) {
    blocks.push(
      { heading: words.comments },
      {
        list: commented.map(({ userId, comment }) => ({ text: `${names.get(userId) ?? ''}: ${comment}` })),
      },
    )
  }
  if (url) blocks.push({ text: words.openSheets, href: `${url}/day-sheets?day=${day}` })
  blocks.push({ text: words.switchOff, quiet: true })
  return { subject: words.daySubject(dayInWords(day, reader.language)), blocks }
}
