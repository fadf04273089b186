import { Alert, Button, Group, Modal, SegmentedControl, Select, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { bulkEdit, type BulkChange, type BulkResult } from '#features/clients/cells-contract.ts'
import { countClients, listClients, myGaps, type Client } from '#features/clients/contract.ts'
import type { InputOf } from '#shared/endpoint.ts'
import { call, keyOf, query, refresh } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import type { Column } from '#web/grid/columns.ts'
import { problemOf } from '#web/problem.ts'
import { BulkJob } from './BulkJob.tsx'
import { BulkOutcome } from './BulkOutcome.tsx'
import { BulkValue } from './BulkValue.tsx'

interface BulkEditDialogProps {
  /** The chosen rows; empty: only the whole filter can be changed. */
  rows: readonly Client[]
  filter: InputOf<typeof countClients>
  columns: readonly Column<Client>[]
  onClose: () => void
}

/** One field of many clients: of the chosen ones or of everything the filter shows, counted before it is done. */
export function BulkEditDialog({ rows, filter, columns, onClose }: BulkEditDialogProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [whose, setWhose] = useState<'rows' | 'filter'>(rows.length > 0 ? 'rows' : 'filter')
  const [field, setField] = useState<string | null>(null)
  const [text, setText] = useState('')
  const [mode, setMode] = useState<BulkChange['mode']>('set')
  const [problem, setProblem] = useState<string>()
  const [sending, setSending] = useState(false)
  const [jobId, setJobId] = useState<string>()
  const [result, setResult] = useState<BulkResult>()
  const found = useQuery(query(countClients, { ...filter, all: true }))
  const count = whose === 'rows' ? rows.length : found.data?.count
  const column = columns.find(({ id }) => id === field)

  const end = (outcome: BulkResult) => {
    setJobId(undefined)
    setResult(outcome)
    void refresh(queries, countClients, myGaps)
    void queries.invalidateQueries({ queryKey: [keyOf(listClients), 'pages'] })
  }
  const start = async () => {
    setSending(true)
    setProblem(undefined)
    try {
      const answer = await call(bulkEdit, {
        ...(whose === 'rows' ? { ids: rows.map(({ id }) => id) } : { filter }),
        changes: [{ field: field!, text, mode }],
        expected: count!,
      })
      if (answer.jobId) setJobId(answer.jobId)
      else end({ changeSetId: answer.changeSetId ?? null, counts: answer.counts!, refused: answer.refused! })
    } catch (error) {
      setProblem(problemOf(error).message)
      void found.refetch()
    } finally {
      setSending(false)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('clients.bulk-title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {result ? (
        <BulkOutcome
          result={result}
          titleOf={(id) => columns.find((known) => known.id === id)?.title ?? id}
          onClose={onClose}
        />
      ) : jobId ? (
        <BulkJob id={jobId} onEnd={end} onFailure={(message) => (setJobId(undefined), setProblem(message))} />
      ) : (
        <Stack>
          {rows.length > 0 && (
            <SegmentedControl
              aria-label={t('clients.bulk-whose')}
              value={whose}
              onChange={(value) => setWhose(value as typeof whose)}
              data={[
                { value: 'rows', label: t('clients.bulk-rows', { shown: formatNumber(rows.length) }) },
                {
                  value: 'filter',
                  label: t('clients.bulk-filter', {
                    shown: found.data ? formatNumber(found.data.count) : '…',
                  }),
                },
              ]}
            />
          )}
          <Select
            label={t('clients.bulk-field')}
            searchable
            data-autofocus
            data={columns
              .filter(({ edit, id }) => edit && id !== 'name')
              .map(({ id, title }) => ({ value: id, label: title }))}
            value={field}
            onChange={(id) => {
              setField(id)
              setText('')
              // Words are added to a list: replacing the whole of it is asked for.
              setMode(columns.find((known) => known.id === id)?.edit?.input === 'tags' ? 'add' : 'set')
            }}
          />
          {column && (
            <BulkValue
              key={column.id}
              column={column}
              text={text}
              mode={mode}
              onText={setText}
              onMode={setMode}
            />
          )}
          {column && text === '' && mode === 'set' && (
            <Text size="sm" c="orange">
              {t('clients.bulk-clears')}
            </Text>
          )}
          {problem && <Alert color="red">{problem}</Alert>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button
              loading={sending}
              disabled={!column || !count || (mode !== 'set' && text === '')}
              onClick={() => void start()}
            >
              {count === undefined
                ? t('clients.bulk-counting')
                : t('clients.bulk-start', { count, shown: formatNumber(count) })}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
