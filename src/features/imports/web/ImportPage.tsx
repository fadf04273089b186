import { Alert, Badge, Button, Group, Progress, Stack, Tabs, Text } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconDownload } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { countClients, listClients, myGaps } from '#features/clients/contract.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import {
  applyImport,
  cancelImport,
  getFailedRows,
  getImport,
  listImportRows,
  reverseImport,
  RowOutcome,
  updateImport,
  type Import,
} from '#features/imports/contract.ts'
import type { InputOf } from '#shared/endpoint.ts'
import { call, keyOf, query, refresh, urlOf } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyProblem } from '#web/layout/notify.tsx'
import { Page } from '#web/layout/Page.tsx'
import { ImportRows } from './ImportRows.tsx'
import { ImportSettings } from './ImportSettings.tsx'
import { isMoving, statusColour } from './status.ts'
import { TopRows } from './TopRows.tsx'

/** One file on its way into the base: what was recognised, what would come of every row, and then what came of it. */
export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  // It stays applied until the whole of it is taken back: the status alone does not tell that somebody has asked.
  const [reversing, setReversing] = useState(false)
  const one = useQuery({
    ...query(getImport, { id }),
    refetchInterval: ({ state: { data } }) =>
      data && (isMoving(data) || (reversing && data.status === 'applied')) ? 500 : false,
  })
  return (
    <Loaded of={one}>
      {(found) => (
        <Opened
          one={found}
          reversing={reversing && found.status === 'applied'}
          onReverse={() => setReversing(true)}
        />
      )}
    </Loaded>
  )
}

interface OpenedProps {
  one: Import
  reversing: boolean
  onReverse: () => void
}

function Opened({ one, reversing, onReverse }: OpenedProps) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { status } = one
  useEffect(() => {
    if (status !== 'applied' && status !== 'reversed') return
    void refresh(queries, countClients, myGaps)
    void queries.invalidateQueries({ queryKey: [keyOf(listClients), 'pages'] })
  }, [queries, status])
  const dictionaries = useDictionaries()
  const [outcome, setOutcome] = useState<RowOutcome | 'all'>('all')
  const take = (changed: Import) => {
    queries.setQueryData(query(getImport, { id: one.id }).queryKey, changed)
    void queries.invalidateQueries({ queryKey: [keyOf(listImportRows)] })
  }
  const act = (endpoint: typeof applyImport | typeof reverseImport | typeof cancelImport) =>
    void call(endpoint, { id: one.id }).then((changed) => {
      take(changed)
      if (endpoint === reverseImport) onReverse()
    }, notifyProblem)
  const change = (fields: Omit<InputOf<typeof updateImport>, 'id'>) =>
    void call(updateImport, { id: one.id, ...fields }).then(take, notifyProblem)
  const editable = one.status === 'ready'
  const readable = !isMoving(one) && one.mapping !== null && one.status !== 'refused'
  // Nothing was recognised in it: a person may know better.
  const mappable = one.status === 'refused' && one.mapping !== null && one.top.length > 0
  return (
    <Page
      title={one.name}
      aside={
        <Badge variant="light" color={statusColour[one.status]} tt="none" fw={500}>
          {t(`imports.status.${one.status}`)}
        </Badge>
      }
      actions={<Acts one={one} reversing={reversing} onAct={act} />}
    >
      <Stack gap="md">
        {one.problem && (
          <Alert color={mappable ? 'yellow' : 'red'} role="alert">
            {one.problem}
          </Alert>
        )}
        {one.reversal && (
          <Alert color="gray">
            {t('imports.reversed', {
              restored: formatNumber(one.reversal.restored),
              kept: formatNumber(one.reversal.kept),
            })}
          </Alert>
        )}
        {isMoving(one) && <Moving one={one} />}
        {mappable && (
          <>
            <ImportSettings one={one} dictionaries={dictionaries} onChange={change} />
            <TopRows one={one} dictionaries={dictionaries} onMapping={(mapping) => change({ mapping })} />
          </>
        )}
        {readable && (
          <>
            {editable && <ImportSettings one={one} dictionaries={dictionaries} onChange={change} />}
            <Tabs value={outcome} onChange={(value) => setOutcome((value ?? 'all') as RowOutcome | 'all')}>
              <Tabs.List aria-label={t('imports.rows')}>
                {(['all', ...RowOutcome.options] as const).map((value) => {
                  const count =
                    value === 'all'
                      ? Object.values(one.counts).reduce((sum, part) => sum + part, 0)
                      : one.counts[value]
                  return (
                    <Tabs.Tab key={value} value={value} disabled={count === 0}>
                      {t(`imports.count.${value}`)}{' '}
                      <Text span size="sm" c="dimmed">
                        {formatNumber(count)}
                      </Text>
                    </Tabs.Tab>
                  )
                })}
              </Tabs.List>
            </Tabs>
            <ImportRows
              one={one}
              outcome={outcome === 'all' ? undefined : outcome}
              dictionaries={dictionaries}
              editable={editable}
              onMapping={(mapping) => change({ mapping })}
              onDecided={() => void refresh(queries, getImport, listImportRows)}
            />
          </>
        )}
      </Stack>
    </Page>
  )
}

interface ActsProps {
  one: Import
  reversing: boolean
  onAct: (endpoint: typeof applyImport) => void
}

function Acts({ one, reversing, onAct }: ActsProps) {
  const { t } = useTranslation()
  const nothing = one.counts.create + one.counts.update === 0
  const reverse = async () => {
    const sure = await confirm({
      title: t('imports.reverse-title'),
      text: t('imports.reverse-text'),
      confirm: t('imports.reverse'),
    })
    if (sure) onAct(reverseImport)
  }
  return (
    <Group gap="xs">
      {one.counts.error > 0 && !isMoving(one) && (
        <Button
          component="a"
          href={urlOf(getFailedRows, { id: one.id })}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('imports.failed-rows')}
        </Button>
      )}
      {(isMoving(one) || one.status === 'ready') && (
        <Button variant="default" onClick={() => onAct(cancelImport)}>
          {t('imports.cancel')}
        </Button>
      )}
      {one.status === 'ready' && (
        <Button
          leftSection={<IconCheck size={16} />}
          onClick={() => onAct(applyImport)}
          title={t(nothing ? 'imports.nothing-to-apply' : 'imports.apply-hint')}
        >
          {t('imports.apply')}
        </Button>
      )}
      {one.status === 'applied' && (
        <>
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} />}
            loading={reversing}
            onClick={() => void reverse()}
          >
            {t('imports.reverse')}
          </Button>
          <Button renderRoot={(props) => <Link to="/clients" {...props} />}>{t('imports.to-base')}</Button>
        </>
      )}
    </Group>
  )
}

function Moving({ one: { status, progress } }: { one: Import }) {
  const { t } = useTranslation()
  const title = t(status === 'reading' ? 'imports.reading' : 'imports.applying')
  const said =
    progress.total === null
      ? t('imports.progress-open', { done: formatNumber(progress.done) })
      : t('imports.progress', { done: formatNumber(progress.done), total: formatNumber(progress.total) })
  return (
    <Stack gap={6} aria-live="polite">
      <Text size="sm">
        {title}: {said}
      </Text>
      <Progress
        value={progress.total ? (progress.done / progress.total) * 100 : 100}
        animated
        aria-label={title}
      />
    </Stack>
  )
}
