import { Badge, Button, Group, Stack, Table, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listUsers } from '#features/people/contract.ts'
import { listSubstitutions, patchSubstitution, type Substitution } from '#features/substitutions/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { formatDate } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { AbsenceCalendar } from './AbsenceCalendar.tsx'
import { daysOf } from './days.ts'
import { SubstitutionDialog } from './SubstitutionDialog.tsx'
import classes from './substitutions.module.css'

/** «Замещения»: who is away when, who stands in, and where nobody does. */
export function SubstitutionsPage() {
  const { t } = useTranslation()
  const { role } = useMe()
  const [setting, dialog] = useDisclosure(false)
  const people = useQuery(query(listUsers, {})).data ?? []
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const found = useQuery(query(listSubstitutions, {}))
  return (
    <Page
      title={t('substitutions.title')}
      actions={
        role !== 'manager' && (
          <Button leftSection={<IconPlus size={16} />} onClick={dialog.open}>
            {t('substitutions.set')}
          </Button>
        )
      }
    >
      <Loaded of={found}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState title={t('substitutions.none-title')} text={t('substitutions.none-text')} />
          ) : (
            <Stack gap="lg">
              <AbsenceCalendar substitutions={all} names={names} />
              <Table className={classes.absences}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('substitutions.absent')}</Table.Th>
                    <Table.Th>{t('substitutions.days')}</Table.Th>
                    <Table.Th>{t('substitutions.deputies')}</Table.Th>
                    <Table.Th>{t('substitutions.state')}</Table.Th>
                    <Table.Th />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {all.map((one) => (
                    <Row key={one.id} one={one} names={names} />
                  ))}
                </Table.Tbody>
              </Table>
            </Stack>
          )
        }
      </Loaded>
      {setting && <SubstitutionDialog people={people} onClose={dialog.close} />}
    </Page>
  )
}

function Row({ one, names }: { one: Substitution; names: Map<string, string> }) {
  const { t } = useTranslation()
  const { role, company } = useMe()
  const { first, last } = daysOf(one, company.timeZone)
  const patch = useApiMutation(patchSubstitution, { refreshes: [listSubstitutions] })
  const end = async () => {
    const name = names.get(one.absentId) ?? ''
    const sure = {
      title: t('substitutions.end-title', { name }),
      text: t('substitutions.end-text'),
      confirm: t('substitutions.end'),
    }
    if (!(await confirm(sure))) return
    const now = new Date().toISOString()
    patch.mutate({ id: one.id, to: now, ...(one.from > now && { from: now }) })
  }
  return (
    <Table.Tr>
      <Table.Td>{names.get(one.absentId)}</Table.Td>
      <Table.Td>
        {formatDate(first)} – {formatDate(last)}
      </Table.Td>
      <Table.Td>
        {one.deputyIds.length === 0 ? (
          <Text size="sm" c={one.status === 'over' ? 'dimmed' : 'red'}>
            {t('substitutions.nobody')}
          </Text>
        ) : (
          one.deputyIds.map((id) => names.get(id)).join(', ')
        )}
        {one.unattended && one.deputyIds.length > 0 && (
          <Text size="xs" c="red">
            {t('substitutions.deputies-away')}
          </Text>
        )}
        {one.filter && (
          <Text size="xs" c="dimmed">
            {t('substitutions.part')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <Badge size="sm" color={one.status === 'running' ? 'accent' : 'gray'}>
            {t(`substitutions.status.${one.status}`)}
          </Badge>
          {one.mode === 'read' && (
            <Badge size="sm" color="gray">
              {t('substitutions.mode.read')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td ta="end">
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button
            size="compact-xs"
            variant="default"
            renderRoot={(props) => (
              <Link to={'/team/substitutions/$id' as never} params={{ id: one.id } as never} {...props} />
            )}
          >
            {t('substitutions.open')}
          </Button>
          {role !== 'manager' && one.status !== 'over' && (
            <Button size="compact-xs" variant="default" loading={patch.isPending} onClick={() => void end()}>
              {t(one.status === 'coming' ? 'substitutions.cancel' : 'substitutions.end')}
            </Button>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
