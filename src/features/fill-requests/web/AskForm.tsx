import { Alert, Button, Checkbox, Group, ScrollArea, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import {
  addFillRequest,
  listFillRequests,
  myFillRequests,
  previewFillRequest,
} from '#features/fill-requests/contract.ts'
import type { selectionInput } from '#features/reports/web/report-view.ts'
import { query, useApiMutation } from '#web/api.ts'
import { DateInput } from '#web/form/dates.tsx'
import { formatNumber, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { problemOf } from '#web/problem.ts'

export type Selection = ReturnType<typeof selectionInput>

export interface AskProps {
  selection: Selection
  /** «Телефон, почта»: what will be asked for, in words. */
  what: string
}

/** Whom to ask, by which day, with what words. */
export function AskForm({ selection, what }: AskProps) {
  const { t } = useTranslation()
  const preview = useQuery({ ...query(previewFillRequest, selection), staleTime: 0 })
  return (
    <Stack gap="md">
      <Text size="sm">
        <Text span c="dimmed">
          {t('fill-requests.ask-what')}:
        </Text>{' '}
        {what}
      </Text>
      <Loaded of={preview} meanwhile={4}>
        {({ people, unasked }) => (
          <>
            {people.length === 0 ? (
              <Alert color="gray">{t('fill-requests.ask-nobody')}</Alert>
            ) : (
              <Chosen people={people} selection={selection} />
            )}
            {unasked > 0 && (
              <Text size="xs" c="dimmed">
                {t('fill-requests.ask-unasked', { count: unasked, number: formatNumber(unasked) })}
              </Text>
            )}
          </>
        )}
      </Loaded>
    </Stack>
  )
}

interface ChosenProps {
  people: { userId: string; name: string; clients: number }[]
  selection: Selection
}

function Chosen({ people, selection }: ChosenProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState(() => people.map(({ userId }) => userId))
  const [dueOn, setDueOn] = useState<string>(inDays(7))
  const [text, setText] = useState('')
  const ask = useApiMutation(addFillRequest, {
    errors: 'form',
    refreshes: [listFillRequests, myFillRequests],
    onSuccess: async ({ id }) => {
      notifyDone(t('fill-requests.asked', { count: sum, number: formatNumber(sum) }))
      await navigate({ to: '/fill-requests/$id' as never, params: { id } as never })
    },
  })
  const sum = people.reduce((all, one) => all + (chosen.includes(one.userId) ? one.clients : 0), 0)
  const submit = () =>
    ask.mutate({
      selection: bodyOf(selection),
      dueOn,
      text,
      ...(chosen.length < people.length && { people: chosen }),
    })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="md">
        <div>
          <Text fw={600} size="xs" id="ask-whom">
            {t('fill-requests.ask-whom')}
          </Text>
          {people.length > 1 && (
            <Checkbox
              mt={6}
              label={t('fill-requests.ask-all')}
              checked={chosen.length === people.length}
              indeterminate={chosen.length > 0 && chosen.length < people.length}
              onChange={({ currentTarget }) =>
                setChosen(currentTarget.checked ? people.map(({ userId }) => userId) : [])
              }
            />
          )}
          <Checkbox.Group aria-labelledby="ask-whom" value={chosen} onChange={setChosen}>
            <ScrollArea.Autosize mah={220} type="auto">
              <Stack gap={6} mt={6}>
                {people.map(({ userId, name, clients }) => (
                  <Checkbox
                    key={userId}
                    value={userId}
                    label={
                      <>
                        {name}{' '}
                        <Text span size="xs" c="dimmed">
                          {t('fill-requests.clients', { count: clients, number: formatNumber(clients) })}
                        </Text>
                      </>
                    }
                  />
                ))}
              </Stack>
            </ScrollArea.Autosize>
          </Checkbox.Group>
        </div>
        <DateInput
          w={180}
          label={t('fill-requests.due')}
          valueFormat="DD.MM.YYYY"
          minDate={today()}
          value={dueOn}
          onChange={(day) => day && setDueOn(day)}
        />
        <Textarea
          label={t('fill-requests.text')}
          placeholder={t('fill-requests.text-example')}
          maxLength={1000}
          autosize
          minRows={2}
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
        {ask.error && (
          <Alert color="red" role="alert">
            {[
              problemOf(ask.error).message,
              ...problemOf(ask.error).errors.map(({ message }) => message),
            ].join(' ')}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={ask.isPending} disabled={chosen.length === 0}>
            {t('fill-requests.ask-send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Lists that go as JSON texts in an address go as they are in a body. */
const bodyOf = ({ kinds, ...rest }: Selection) => ({
  ...rest,
  kinds: JSON.parse(kinds) as string[],
  ...('group' in rest && rest.group ? { group: JSON.parse(rest.group) as string[] } : {}),
})

const inDays = (days: number) => today(new Date(Date.now() + days * 86_400_000))
