import { Alert, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core'
import { useState } from 'react'
import {
  closeDaySheet,
  type DayFigure,
  type DaySheet,
  listDaySheets,
  putDaySheet,
} from '#features/day-sheets/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import type { SetView } from './day-view.ts'
import { Figure } from './Figure.tsx'
import classes from './day-sheets.module.css'

const groups = {
  'group-plan': ['planned', 'kept', 'moved', 'cancelled'],
  'group-done': ['done', 'call', 'meeting', 'letter', 'task'],
  'group-base': ['newClients', 'changedClients', 'entered', 'changedEntries'],
} satisfies Record<string, DayFigure[]>

interface OwnSheetProps {
  sheet: DaySheet
  today: string
  setView: SetView
}

/** One's own day: what it came to, a word on it, and the button that closes it. */
export function OwnSheet({ sheet, today, setView }: OwnSheetProps) {
  const { t } = useTranslation()
  const { name } = useMe()
  return (
    <Stack gap="lg" maw={900}>
      <div className={classes.groups}>
        {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
          <Paper key={group} component="section" p="md" aria-label={t(`day-sheets.${group}`)}>
            <Title order={2} className={classes.groupTitle!}>
              {t(`day-sheets.${group}`)}
            </Title>
            <dl className={classes.figures}>
              {groups[group].map((figure) => (
                <div key={figure}>
                  <dt>{t(`day-sheets.figure.${figure}`)}</dt>
                  <dd>
                    <Figure sheet={sheet} figure={figure} name={name} setView={setView} />
                  </dd>
                </div>
              ))}
            </dl>
          </Paper>
        ))}
      </div>
      <Word sheet={sheet} today={today} />
      <Text size="xs" c="dimmed">
        {t('day-sheets.own-why')}
      </Text>
    </Stack>
  )
}

function Word({ sheet, today }: { sheet: DaySheet; today: string }) {
  const { t } = useTranslation()
  const [comment, setComment] = useState(sheet.comment)
  const keep = useApiMutation(putDaySheet, { refreshes: [listDaySheets] })
  const close = useApiMutation(closeDaySheet, {
    refreshes: [listDaySheets],
    onSuccess: () => notifyDone(t('day-sheets.is-closed')),
  })
  const { day } = sheet
  if (sheet.closed) {
    return (
      <Alert color="green" title={t('day-sheets.closed-at', { when: formatDateTime(sheet.closed.at) })}>
        <Text size="sm" className={classes.comment!}>
          {sheet.comment}
        </Text>
      </Alert>
    )
  }
  if (day > today) {
    return (
      <Text size="sm" c="dimmed">
        {t('day-sheets.not-yet')}
      </Text>
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        close.mutate({ day, comment })
      }}
    >
      <Textarea
        label={t('day-sheets.comment')}
        description={t('day-sheets.comment-why')}
        autosize
        minRows={3}
        maxLength={5000}
        value={comment}
        onChange={({ currentTarget }) => setComment(currentTarget.value)}
        onBlur={() => comment.trim() !== sheet.comment && keep.mutate({ day, comment })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) close.mutate({ day, comment })
        }}
      />
      <Group mt="sm" gap="md">
        <Button type="submit" loading={close.isPending}>
          {t('day-sheets.close')}
        </Button>
        <Text size="xs" c="dimmed">
          {t('day-sheets.close-why')}
        </Text>
      </Group>
    </form>
  )
}
