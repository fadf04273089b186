import { Anchor, Badge, Button, Group, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { type Canary, listCanaries, makeCanaries, unmarkCanary } from '#features/canaries/contract.ts'
import { call, query, refresh, useApiMutation } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { formatDate } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { WideTable } from '#web/layout/WideTable.tsx'

/** Clients that are there to be noticed: one act makes one for every manager. */
export function CanariesSettings() {
  const { t } = useTranslation()
  const canaries = useQuery(query(listCanaries, {}))
  return (
    <Stack maw={760} gap="sm">
      <Title order={3}>{t('canaries.title')}</Title>
      <Text size="sm" c="dimmed">
        {t('canaries.why')}
      </Text>
      <Text size="sm" c="dimmed">
        {t('canaries.counted')} {t('canaries.inn')}
      </Text>
      <MakeForm />
      <Loaded of={canaries}>{(list) => (list.length > 0 ? <CanaryTable canaries={list} /> : null)}</Loaded>
    </Stack>
  )
}

function MakeForm() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { field, onSubmit, failure, pending } = useContractForm(makeCanaries.input, {
    initial: { email: '', phone: '' },
    send: ({ email, phone }) => call(makeCanaries, { ...(email && { email }), ...(phone && { phone }) }),
    onDone: async (made) => {
      notifyDone(made.length > 0 ? t('canaries.made', { count: made.length }) : t('canaries.made-none'))
      await refresh(queries, listCanaries)
    },
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={480} gap="sm">
        <TextInput
          label={t('canaries.email')}
          description={t('canaries.email-why')}
          type="email"
          {...field('email')}
          withAsterisk={false}
        />
        <TextInput label={t('canaries.phone')} type="tel" {...field('phone')} withAsterisk={false} />
        <FormFoot submit={t('canaries.make')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}

function CanaryTable({ canaries }: { canaries: readonly Canary[] }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const unmark = useApiMutation(unmarkCanary, { refreshes: [listCanaries] })
  return (
    <WideTable minWidth={560}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('canaries.client')}</Table.Th>
            <Table.Th>{t('canaries.owner')}</Table.Th>
            <Table.Th>{t('canaries.since')}</Table.Th>
            <Table.Th ta="end">{t('canaries.alarms')}</Table.Th>
            <Table.Th />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {canaries.map(({ client, ownerId, made, createdAt, alarms }) => (
            <Table.Tr key={client.id}>
              <Table.Td>
                <Group gap={6}>
                  <Anchor
                    inherit
                    underline="always"
                    renderRoot={(props) => (
                      <Link to={'/clients/$id' as never} params={{ id: client.id } as never} {...props} />
                    )}
                  >
                    {client.name}
                  </Anchor>
                  {!made && <Badge size="xs">{t('canaries.by-hand')}</Badge>}
                  {client.archived && (
                    <Badge size="xs" color="gray">
                      {t('canaries.archived')}
                    </Badge>
                  )}
                </Group>
              </Table.Td>
              <Table.Td>{ownerId ? nameOf(ownerId) : t('canaries.nobody')}</Table.Td>
              <Table.Td>{formatDate(createdAt)}</Table.Td>
              <Table.Td ta="end">{alarms}</Table.Td>
              <Table.Td ta="end">
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={t('canaries.unmark-one', { name: client.name })}
                  onClick={() => unmark.mutate({ id: client.id })}
                >
                  {t('canaries.unmark')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  )
}
