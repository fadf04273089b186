import { rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'

interface Field {
  key: string
  title: string
  type: 'text' | 'number' | 'date' | 'choice' | 'flag'
  options: string[]
}

/**
 * Checks values of the head's own fields against their definitions; null clears a value.
 * @throws Problem 422 on an unknown field or a value of another type
 */
export async function checkCustomValues(tx: Tx, values: Record<string, unknown> | undefined): Promise<void> {
  if (!values || Object.keys(values).length === 0) return
  const fields = await rowsOf<Field>(
    tx,
    'select key, title, type, options from custom_fields where key = any ($1)',
    [Object.keys(values)],
  )
  for (const [key, value] of Object.entries(values)) {
    const field = fields.find((known) => known.key === key)
    if (!field)
      throw invalid(`custom.${key}`, { ru: `Поля «${key}» нет.`, en: `There is no field “${key}”.` })
    if (value !== null && !fits(field, value)) {
      throw invalid(`custom.${key}`, {
        ru: `«${field.title}»: значение не подходит.`,
        en: `“${field.title}”: the value does not fit.`,
      })
    }
  }
}

function fits({ type, options }: Field, value: unknown): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number'
    case 'flag':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    case 'choice':
      return typeof value === 'string' && options.includes(value)
    default:
      return typeof value === 'string'
  }
}
