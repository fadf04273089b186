import { Anchor, Button, Select, Text, Tooltip } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { clientFields } from '#features/clients/fields.ts'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import {
  Decision,
  decideImportRow,
  listImportRows,
  type Import,
  type ImportRow,
  type RowChange,
  type RowOutcome,
} from '#features/imports/contract.ts'
import type { MappingChoice } from '#features/imports/mapping.ts'
import { call, keyOf } from '#web/api.ts'
import type { Language } from '#web/i18n/language.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyProblem } from '#web/layout/notify.tsx'
import { ColumnHead } from './ColumnHead.tsx'
import classes from './imports.module.css'
import { outcomeColour } from './status.ts'

interface ImportRowsProps {
  one: Import
  outcome: RowOutcome | undefined
  dictionaries: Dictionaries
  editable: boolean
  onMapping: (mapping: MappingChoice) => void
  onDecided: () => void
}

/** The file as a table: above each column what it becomes, in each cell its verdict, before each row its outcome. */
export function ImportRows({ one, outcome, dictionaries, editable, onMapping, onDecided }: ImportRowsProps) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listImportRows), one.id, outcome],
    queryFn: ({ pageParam }) => call(listImportRows, { id: one.id, outcome, cursor: pageParam, limit: 100 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const columns = one.columns
  return (
    <Loaded of={pages}>
      {({ pages: loaded }) => {
        const rows = loaded.flatMap((page) => page.items)
        return (
          <>
            <div className={classes.scroll}>
              <table className={classes.table}>
                <thead>
                  <tr>
                    <th scope="col" className={classes.number}>
                      {t('imports.row')}
                    </th>
                    <th scope="col">{t(editable ? 'imports.result' : 'imports.result-then')}</th>
                    {columns.map((column) => (
                      <ColumnHead
                        key={column.index}
                        column={column}
                        one={one}
                        dictionaries={dictionaries}
                        editable={editable}
                        onMapping={onMapping}
                      />
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={row.number}>
                      <td className={classes.number}>{row.number}</td>
                      <td className={classes.result}>
                        <Result row={row} importId={one.id} editable={editable} onDecided={onDecided} />
                      </td>
                      {columns.map(({ index, target }) => (
                        <Cell key={index} row={row} index={index} used={target !== null} />
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
              {rows.length === 0 && (
                <Text size="sm" c="dimmed" p="md">
                  {t('imports.no-rows')}
                </Text>
              )}
            </div>
            {pages.hasNextPage && (
              <Button
                variant="subtle"
                size="compact-sm"
                mt="xs"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {t('grid.more')}
              </Button>
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function Cell({ row, index, used }: { row: ImportRow; index: number; used: boolean }) {
  const { t } = useTranslation()
  const text = row.cells[index] ?? ''
  const judged = row.verdicts.find((verdict) => verdict.index === index)
  const cell = (
    <td data-verdict={judged?.verdict} data-unused={!used || undefined}>
      <span>{text}</span>
    </td>
  )
  if (!judged?.reason) return cell
  return (
    <Tooltip
      label={`${t(`verdict-name.${judged.verdict}`)}: ${t(`verdict.${judged.reason}`)}`}
      multiline
      maw={320}
    >
      {cell}
    </Tooltip>
  )
}

interface ResultProps {
  row: ImportRow
  importId: string
  editable: boolean
  onDecided: () => void
}

/** What becomes of a row and why; a doubtful one is decided here. */
function Result({ row, importId, editable, onDecided }: ResultProps) {
  const { t, i18n } = useTranslation()
  const decide = (decision: string | null) =>
    void call(decideImportRow, {
      id: importId,
      number: row.number,
      decision: (decision || null) as Decision | null,
    }).then(onDecided, notifyProblem)
  const doubtful = row.outcome === 'doubtful' || row.decision !== null
  return (
    <>
      <Text span size="xs" fw={600} style={{ color: outcomeColour[row.outcome] }}>
        {t(`imports.outcome-name.${row.outcome}`)}
      </Text>
      {row.clientId && row.name && row.outcome !== 'create' && (
        <Anchor
          size="xs"
          ml={6}
          renderRoot={(props) => (
            <Link to={'/clients/$id' as never} params={{ id: row.clientId } as never} {...props} />
          )}
        >
          {row.name}
        </Anchor>
      )}
      {row.reason && (
        <Text size="xs" c="dimmed">
          {row.reason}
        </Text>
      )}
      {row.twins.map((twin, index) => (
        <Text size="xs" c="dimmed" key={twin.id ?? index}>
          {twin.name !== null ? (
            <>
              {t('imports.twin-of')}{' '}
              <Anchor
                size="xs"
                renderRoot={(props) => (
                  <Link to={'/clients/$id' as never} params={{ id: twin.id } as never} {...props} />
                )}
              >
                {twin.name}
              </Anchor>
            </>
          ) : twin.ownerName ? (
            t('imports.twin-hidden', { owner: twin.ownerName })
          ) : (
            t('imports.twin-nobody')
          )}
        </Text>
      ))}
      {row.changes.map((change, index) => (
        <Text size="xs" c={change.written ? undefined : 'dimmed'} key={index}>
          {changeText(change, i18n.language)}
        </Text>
      ))}
      {editable && doubtful && (
        <Select
          size="xs"
          w={170}
          mt={2}
          aria-label={t('imports.decide', { number: row.number })}
          placeholder={t('imports.twins.wait')}
          clearable
          data={Decision.options
            .filter((decision) => decision !== 'update' || row.twins.some((twin) => twin.id !== null))
            .map((decision) => ({ value: decision, label: t(`imports.twins.${decision}`) }))}
          value={row.decision}
          onChange={decide}
        />
      )}
    </>
  )

  function changeText(change: RowChange, language: Language) {
    const field =
      clientFields.find(({ id }) => id === change.field)?.title[language] ??
      (['contacts', 'people', 'accounts'].includes(change.field)
        ? t(`clients.card.${change.field as 'contacts'}`)
        : change.field)
    return change.written
      ? t('imports.written-value', { field, after: change.after })
      : t('imports.kept-value', { field, before: change.before ?? '', after: change.after })
  }
}
