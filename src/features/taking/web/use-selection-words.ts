import { clientFields, contactKindTitles } from '#features/clients/fields.ts'
import type { Condition } from '#features/clients/filter.ts'
import { conditionText, filterFields } from '#features/clients/web/filter-words.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import type { ContactKind } from '#shared/verdict.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** Says a filter and columns as the screens name them; what they do not name stays under its own name. */
export function useSelectionWords() {
  const { i18n } = useTranslation()
  const dictionaries = useDictionaries()
  const language = i18n.language
  const titles = new Map(clientFields.map(({ id, title }) => [id, title[language]]))
  const columnText = (id: string) => {
    const [kind, label] = id.split(':', 2) as [string, string?]
    const custom = dictionaries.customFields.find(({ key }) => id === `custom.${key}`)
    const title = titles.get(kind) ?? contactKindTitles[kind as ContactKind]?.[language] ?? custom?.title
    return title === undefined ? id : label ? `${title}, ${label}` : title
  }
  const valueText = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(valueText).join(', ')
    if (typeof value === 'object' && value !== null) return JSON.stringify(value)
    return dictionaries.nameOfUser(String(value)) || String(value)
  }
  return {
    columnsText: (columns: readonly string[]) => columns.map(columnText).join(', '),
    /** One line a condition. */
    filterTexts: (selection: Record<string, unknown>) =>
      Object.entries(selection).flatMap(([name, value]) => {
        if (name !== 'where' || !Array.isArray(value)) return [`${columnText(name)}: ${valueText(value)}`]
        const fields = filterFields(dictionaries, language)
        return (value as Condition[]).map((condition) => conditionText(condition, fields))
      }),
  }
}
