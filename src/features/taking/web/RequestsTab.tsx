import { Badge, Button, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { decideExportRequest, type ExportRequest, listExportRequests } from '#features/taking/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { formatDateTime, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import { ReadMore } from './ReadMore.tsx'
import type { SetView, TakingView } from './taking-view.ts'
import { useSelectionWords } from './use-selection-words.ts'
import classes from './taking.module.css'

const colours = {
  asked: 'accent',
  approved: 'accent',
  refused: 'red',
  used: 'gray',
  expired: 'gray',
} as const

/** Requests beyond the quota: the head answers, the asker sees what became of his. */
export function RequestsTab({ view }: { view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  const { role } = useMe()
  const whose = view.user?.length ? { user: view.user } : {}
  const found = useQuery({ ...query(listExportRequests, { ...whose, limit: 200 }), refetchInterval: 15_000 })
  return (
    <>
      {role !== 'head' && <ReadMore />}
      <Loaded of={found}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('taking.no-requests-title')} text={t('taking.no-requests-text')} />
          ) : (
            <ul className={classes.requests} aria-label={t('taking.requests')}>
              {items.map((request) => (
                <Request key={request.id} request={request} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

function Request({ request }: { request: ExportRequest }) {
  const { t } = useTranslation()
  const me = useMe()
  const { filterTexts, columnsText } = useSelectionWords()
  const filter = filterTexts(request.selection)
  return (
    <li className={classes.request} aria-label={request.userName}>
      <Group gap="xs">
        <b>{request.userName}</b>
        <Badge color={colours[request.state]}>{t(`taking.state.${request.state}`)}</Badge>
        <span className={classes.quiet}>{formatDateTime(request.askedAt)}</span>
      </Group>
      <p>
        {t(`taking.roads.${request.road}`)} ·{' '}
        {t('taking.requested-rows', { count: request.rows, number: formatNumber(request.rows) })}
        {request.state === 'approved' && request.expiresAt && (
          <span className={classes.quiet}>
            {' '}
            {t('taking.until', { when: formatDateTime(request.expiresAt) })}
          </span>
        )}
      </p>
      <p className={classes.quiet}>
        {filter.length === 0 ? t('taking.no-filter') : filter.join(' · ')}
        {request.columns.length > 0 && ` · ${t('taking.columns')}: ${columnsText(request.columns)}`}
      </p>
      <p className={classes.reason}>{request.reason}</p>
      {request.answer && <p>{t('taking.answer-of', { text: request.answer })}</p>}
      {request.state === 'asked' && me.role === 'head' && request.userId !== me.id && (
        <Decision request={request} />
      )}
    </li>
  )
}

function Decision({ request }: { request: ExportRequest }) {
  const { t } = useTranslation()
  const [answer, setAnswer] = useState('')
  const decide = useApiMutation(decideExportRequest, {
    refreshes: [listExportRequests],
    onSuccess: ({ state }) =>
      notifyDone(t(state === 'refused' ? 'taking.decided-refused' : 'taking.decided-approved')),
  })
  const say = (approve: boolean) => decide.mutate({ id: request.id, approve, ...(answer && { answer }) })
  return (
    <Group gap="xs" align="end">
      <TextInput
        size="xs"
        w={280}
        label={t('taking.answer')}
        maxLength={1000}
        value={answer}
        onChange={({ currentTarget }) => setAnswer(currentTarget.value)}
      />
      <Button size="xs" loading={decide.isPending} onClick={() => say(true)}>
        {t('taking.approve')}
      </Button>
      <Button size="xs" variant="default" loading={decide.isPending} onClick={() => say(false)}>
        {t('taking.refuse')}
      </Button>
    </Group>
  )
}
