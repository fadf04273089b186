import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { reverse } from '#features/changes/web/reversal.tsx'
import { refreshScreen } from '#features/changes/web/refresh-screen.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { distributeClients, previewDistribution } from '#features/distribution/contract.ts'
import { followJob, notifyJobProblem } from '#features/jobs/web/follow-job.tsx'
import { call, query } from '#web/api.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyWith } from '#web/layout/notify.tsx'

/** Clients nobody has: whom they would go to by the saved rule, and the button that gives them out. */
export function Unowned() {
  const { t } = useTranslation()
  const { nameOfUser } = useDictionaries()
  const queries = useQueryClient()
  const preview = useQuery(query(previewDistribution, {}))
  const [running, setRunning] = useState(false)

  const giveOut = async (count: number) => {
    const sure = {
      title: t('distribution.sure-title', { count, number: formatNumber(count) }),
      text: t('distribution.sure'),
      confirm: t('distribution.give-out'),
    }
    if (!(await confirm(sure))) return
    setRunning(true)
    try {
      const { jobId } = await call(distributeClients, {})
      const result = await followJob(jobId, () => t('distribution.running'))
      await refreshScreen(queries)
      if (!result) return
      const done = Number(result.count)
      const what = t('distribution.done', { count: done, number: formatNumber(done) })
      notifyWith(
        what,
        t('shell.undo'),
        () => void reverse(String(result.changeSetId), { queries, way: 'back', what }),
      )
    } catch (error) {
      notifyJobProblem(error)
    } finally {
      setRunning(false)
    }
  }

  return (
    <section aria-label={t('distribution.unowned')}>
      <Title order={3} mb="xs">
        {t('distribution.unowned')}
      </Title>
      <Loaded of={preview} meanwhile={2}>
        {({ clients, people }) => {
          const given = people.reduce((sum, person) => sum + person.clients, 0)
          if (clients === 0)
            return (
              <Text size="sm" c="dimmed">
                {t('distribution.none')}
              </Text>
            )
          return (
            <Stack gap="sm">
              <Text size="sm">
                {t('distribution.found', { count: clients, number: formatNumber(clients) })}{' '}
                {given === 0 && t('distribution.nobody-there')}
              </Text>
              {people.length > 0 && (
                <Table>
                  <Table.Tbody>
                    {people.map((person) => (
                      <Table.Tr key={person.userId}>
                        <Table.Td>{nameOfUser(person.userId)}</Table.Td>
                        <Table.Td ta="end">+{formatNumber(person.clients)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              )}
              <Group>
                <Button disabled={given === 0} loading={running} onClick={() => void giveOut(given)}>
                  {t('distribution.give-out')}
                </Button>
              </Group>
            </Stack>
          )
        }}
      </Loaded>
    </section>
  )
}
