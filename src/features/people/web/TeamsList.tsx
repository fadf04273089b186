import { ActionIcon, Button, Group, Stack, Table, Text, TextInput, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { addTeam, deleteTeam, listTeams, patchTeam, type Team, type User } from '#features/people/contract.ts'
import { call, refresh, useApiMutation } from '#web/api.ts'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'

type TeamRow = z.output<typeof Team>

/** Teams, renamed in place; one that still has people cannot be deleted and says so. */
export function TeamsList({ teams, users }: { teams: TeamRow[]; users: User[] }) {
  const { t } = useTranslation()
  return (
    <Stack maw={640}>
      <Text size="sm" c="dimmed">
        {t('people.teams-why')}
      </Text>
      {teams.length > 0 && (
        <Table>
          <Table.Tbody>
            {teams.map((team) => (
              <TeamLine
                key={team.id}
                team={team}
                members={users.filter((user) => user.active && user.teamId === team.id)}
              />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <NewTeam />
    </Stack>
  )
}

function TeamLine({ team, members }: { team: TeamRow; members: User[] }) {
  const { t } = useTranslation()
  const [name, setName] = useState(team.name)
  const rename = useApiMutation(patchTeam, { refreshes: [listTeams] })
  const remove = useApiMutation(deleteTeam, { refreshes: [listTeams] })
  const save = () => {
    const trimmed = name.trim()
    if (trimmed !== '' && trimmed !== team.name) rename.mutate({ id: team.id, name: trimmed })
    else setName(team.name)
  }
  return (
    <Table.Tr>
      <Table.Td>
        <TextInput
          aria-label={t('people.team-name')}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm" c="dimmed">
          {members.map((user) => user.name).join(', ') || t('people.nobody')}
        </Text>
      </Table.Td>
      <Table.Td w={48}>
        <Tooltip label={t(members.length > 0 ? 'people.team-not-empty' : 'people.delete-team')}>
          <ActionIcon
            aria-label={t('people.delete-team')}
            disabled={members.length > 0}
            onClick={() => remove.mutate({ id: team.id })}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </Table.Td>
    </Table.Tr>
  )
}

function NewTeam() {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const { form, field, onSubmit, failure, pending } = useContractForm(addTeam.input, {
    initial: { name: '' },
    send: (values) => call(addTeam, values),
    onDone: async () => {
      form.reset()
      await refresh(queries, listTeams)
    },
  })
  const { error, ...input } = field('name') as { error?: string }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Group align="flex-end" gap="sm">
        <TextInput label={t('people.new-team')} {...input} withAsterisk={false} error={error ?? failure} />
        <Button type="submit" variant="default" loading={pending}>
          {t('people.add')}
        </Button>
      </Group>
    </form>
  )
}
