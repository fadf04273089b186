import { Button, Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconUserOff, IconUsersGroup } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { handOver, listHandovers, previewHandover } from '#features/handovers/contract.ts'
import { listUsers } from '#features/people/contract.ts'
import { call, keyOf, query, useApiMutation } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { equalParts, HandoverView, type Part, partsOf } from './handover-view.ts'
import { Holdings } from './Holdings.tsx'
import { PartRow } from './PartRow.tsx'
import { PastHandovers } from './PastHandovers.tsx'
import classes from './handovers.module.css'

/** «Передача»: whose clients, to whom, what each gets; at once with a dismissal, and taken back as easily. */
export function HandoverPage() {
  const { t } = useTranslation()
  const me = useMe()
  const [view, setView] = useUrlState(HandoverView)
  const people = useQuery(query(listUsers, {})).data ?? []
  const dictionaries = useDictionaries()
  const parts = view.parts ?? [{}]
  const asked = partsOf(parts)
  const from = people.find(({ id }) => id === view.from)
  const plan = { fromId: view.from!, parts: asked.map(({ part }) => part) }
  const preview = useQuery({
    queryKey: [keyOf(previewHandover), plan],
    queryFn: ({ signal }) => call(previewHandover, plan, { signal }),
    enabled: view.from !== undefined,
    placeholderData: keepPreviousData,
  })
  const apply = useApiMutation(handOver, { refreshes: [listHandovers, listUsers] })
  const setParts = (changed: Part[]) => setView({ parts: changed })
  const successors = people.filter(({ id, active, role }) => active && role !== 'admin' && id !== view.from)
  const portionOf = (at: number) => {
    const index = asked.findIndex((one) => one.at === at)
    return index < 0 ? undefined : preview.data?.parts[index]
  }

  const act = async (dismiss: boolean) => {
    const rest = preview.data?.rest.clients ?? 0
    const name = from?.name ?? ''
    const text = [
      dismiss ? t('handovers.sure-dismiss', { name }) : t('handovers.sure', { name }),
      ...(rest > 0
        ? [
            t(dismiss ? 'handovers.rest-nobody' : 'handovers.rest-stays', {
              count: rest,
              number: formatNumber(rest),
            }),
          ]
        : []),
      t('handovers.sure-reversible'),
    ].join(' ')
    const title = t(dismiss ? 'handovers.dismiss-title' : 'handovers.hand-over-title', { name })
    if (
      !(await confirm({
        title,
        text,
        confirm: t(dismiss ? 'handovers.dismiss' : 'handovers.hand-over'),
        danger: dismiss,
      }))
    )
      return
    const { counts } = await apply.mutateAsync({ ...plan, dismiss })
    notifyDone(t('handovers.done', { count: counts.clients, number: formatNumber(counts.clients) }))
    setView({ from: undefined, parts: undefined })
  }

  return (
    <Page title={t('handovers.title')}>
      <Stack gap="lg" maw={980}>
        <Select
          label={t('handovers.from')}
          placeholder={t('handovers.choose')}
          searchable
          maw={420}
          value={view.from ?? null}
          data={people
            .filter(({ role }) => role !== 'admin')
            .map(({ id, name, active }) => ({
              value: id,
              label: active ? name : t('handovers.dismissed-name', { name }),
            }))}
          onChange={(chosen) => setView({ from: chosen ?? undefined })}
        />
        {view.from && preview.isError && (
          <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />
        )}
        {view.from && preview.data && (
          <>
            <Holdings holds={preview.data.holds} />
            <section>
              <Group justify="space-between" mb="xs">
                <Text fw={600}>{t('handovers.to-whom')}</Text>
                <SplitEqually
                  people={successors}
                  onSplit={(chosen) => setParts(chosen.length > 0 ? equalParts(chosen) : [{}])}
                />
              </Group>
              <div className={classes.parts} data-outdated={preview.isPlaceholderData || undefined}>
                {parts.map((part, at) => (
                  <PartRow
                    key={at}
                    part={part}
                    from={view.from!}
                    people={successors}
                    dictionaries={dictionaries}
                    portion={portionOf(at)}
                    onChange={(changed) => setParts(parts.with(at, changed))}
                    onRemove={parts.length > 1 ? () => setParts(parts.toSpliced(at, 1)) : undefined}
                  />
                ))}
                <Group justify="space-between">
                  <Button
                    variant="subtle"
                    size="compact-sm"
                    leftSection={<IconPlus size={15} />}
                    onClick={() => setParts([...parts, {}])}
                  >
                    {t('handovers.add')}
                  </Button>
                  <Text size="sm" c={preview.data.rest.clients > 0 ? undefined : 'dimmed'}>
                    {t('handovers.rest', {
                      count: preview.data.rest.clients,
                      number: formatNumber(preview.data.rest.clients),
                    })}
                  </Text>
                </Group>
              </div>
            </section>
            <Group>
              <Button
                leftSection={<IconUsersGroup size={16} />}
                disabled={asked.length === 0}
                loading={apply.isPending}
                onClick={() => void act(false)}
              >
                {t('handovers.hand-over')}
              </Button>
              {me.role === 'head' && from?.active && from.id !== me.id && (
                <Button
                  color="red"
                  variant="light"
                  leftSection={<IconUserOff size={16} />}
                  loading={apply.isPending}
                  onClick={() => void act(true)}
                >
                  {t('handovers.dismiss')}
                </Button>
              )}
            </Group>
          </>
        )}
        <PastHandovers people={people} />
      </Stack>
    </Page>
  )
}

function SplitEqually({
  people,
  onSplit,
}: {
  people: { id: string; name: string }[]
  onSplit: (chosen: string[]) => void
}) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string[]>([])
  return (
    <MultiSelect
      size="xs"
      miw={260}
      aria-label={t('handovers.equally')}
      placeholder={chosen.length === 0 ? t('handovers.equally') : undefined}
      searchable
      value={chosen}
      data={people.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(next) => {
        setChosen(next)
        onSplit(next)
      }}
    />
  )
}
