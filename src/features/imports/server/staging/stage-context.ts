import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { fold } from '#shared/text.ts'

export interface CustomField {
  key: string
  title: string
  type: 'text' | 'number' | 'date' | 'choice' | 'flag'
  options: string[]
}

/** What the company says about values: handed to the worker, so plain data only. */
export interface StageContext {
  cityCode: string
  /** `kind folded word` → the label of the dictionary. */
  labels: Map<string, string>
  /** `field folded word` → the choice of the dictionary. */
  choices: Map<string, string>
  customFields: CustomField[]
}

/** The dictionaries and settings rows are read by. */
export async function stageContext(tx: Tx): Promise<StageContext> {
  const company = await rowOf<{ cityCode: string }>(tx, 'select city_code as "cityCode" from company')
  const labels = await rowsOf<{ kind: string; name: string; synonyms: string[] }>(
    tx,
    'select kind, name, synonyms from labels order by position, name',
  )
  const choices = await rowsOf<{ field: string; name: string }>(
    tx,
    'select field, name from choices order by position, name',
  )
  const customFields = await rowsOf<CustomField>(tx, 'select key, title, type, options from custom_fields')
  const known = new Map<string, string>()
  // Names go before synonyms of others: «рабочий» of e-mails is not taken over by a synonym.
  for (const { kind, name } of labels) known.set(`${kind} ${fold(name)}`, name)
  for (const { kind, name, synonyms } of labels) {
    for (const word of synonyms) {
      const key = `${kind} ${fold(word)}`
      if (!known.has(key)) known.set(key, name)
    }
  }
  return {
    cityCode: company?.cityCode ?? '495',
    labels: known,
    choices: new Map(choices.map(({ field, name }) => [`${field} ${fold(name)}`, name])),
    customFields,
  }
}
