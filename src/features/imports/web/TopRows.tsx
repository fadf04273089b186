import { Text } from '@mantine/core'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import type { Import } from '#features/imports/contract.ts'
import type { MappingChoice } from '#features/imports/mapping.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ColumnHead } from './ColumnHead.tsx'
import classes from './imports.module.css'

interface TopRowsProps {
  one: Import
  dictionaries: Dictionaries
  onMapping: (mapping: MappingChoice) => void
}

/** A table nobody could recognise, as it begins: the person says which column is what. */
export function TopRows({ one, dictionaries, onMapping }: TopRowsProps) {
  const { t } = useTranslation()
  const headerRow = one.mapping?.headerRow ?? 0
  return (
    <>
      <Text size="sm">{t('imports.by-hand')}</Text>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" className={classes.number}>
                {t('imports.row')}
              </th>
              {one.columns.map((column) => (
                <ColumnHead
                  key={column.index}
                  column={column}
                  one={one}
                  dictionaries={dictionaries}
                  editable
                  onMapping={onMapping}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {one.top.map(({ number, cells }) => (
              <tr key={number} data-header={number <= headerRow || undefined}>
                <td className={classes.number}>{number}</td>
                {one.columns.map(({ index, target }) => (
                  <td key={index} data-unused={target === null || undefined}>
                    <span>{cells[index]}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
