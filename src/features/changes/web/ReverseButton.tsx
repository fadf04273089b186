import { Button, List, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { t as translate } from '#web/i18n/translation.ts'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ChangeSet } from '#features/changes/contract.ts'
import { formatTime } from '#web/format.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { lowered, sayAct } from './acts.ts'
import { reverse, type Way } from './reversal.tsx'

/** One click, one question that says what will come of it, and the act is taken back (a reversal: brought back). */
export function ReverseButton({ set, size = 'compact-xs' }: { set: ChangeSet; size?: string }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [running, setRunning] = useState(false)
  if (!set.mayReverse) return null
  const way: Way = set.depth % 2 === 1 ? 'again' : 'back'
  const ask = async () => {
    const sure = await confirm({
      title: t(`changes.confirm.${way}-title`),
      text: <Forecast set={set} />,
      confirm: t(`changes.confirm.${way}-do`),
      leave: t('changes.confirm.leave'),
    })
    if (!sure) return
    setRunning(true)
    await reverse(set.id, { queries, way, what: lowered(what(set)) })
    setRunning(false)
  }
  return (
    <Button
      variant={size === 'compact-xs' ? 'subtle' : 'default'}
      size={size}
      loading={running}
      aria-label={t(`changes.${way}-act`, { act: sayAct(set), time: formatTime(set.at) })}
      onClick={() => void ask()}
    >
      {t(`changes.${way}`)}
    </Button>
  )
}

const what = (set: ChangeSet) =>
  [sayAct({ act: set.reversedAct ?? set.act }), set.client?.name].filter(Boolean).join(', ')

/** What a reversal would do, by what the act came to. */
function Forecast({ set }: { set: ChangeSet }) {
  const lines = forecastOf(set)
  return (
    <>
      <Text size="sm" fw={600}>
        {what(set)}
      </Text>
      {lines.length > 0 && (
        <List size="sm" my="xs">
          {lines.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
      <Text size="sm" c="dimmed">
        {translate('changes.confirm.rest')}
      </Text>
    </>
  )
}

function forecastOf({ counts }: ChangeSet): string[] {
  const { clients, ...children } = counts
  const sum = (op: 'i' | 'u' | 'd') => Object.values(children).reduce((all, ops) => all + (ops[op] ?? 0), 0)
  const said = (['entered', 'added', 'changed', 'removed'] as const).map((word) => {
    const count = {
      entered: clients?.i ?? 0,
      // What came with a new client goes with it.
      added: clients?.i ? 0 : sum('i'),
      changed: (clients?.u ?? 0) + sum('u'),
      removed: (clients?.d ?? 0) + sum('d'),
    }[word]
    return count > 0 ? translate(`changes.confirm.${word}`, { count }) : null
  })
  return said.filter((line) => line !== null)
}
