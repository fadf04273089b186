import { Anchor, Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listUsers } from '#features/people/contract.ts'
import { lookAs, mayLookAs } from '#features/people/web/look-as.ts'
import { getVisibility } from '#features/substitutions/contract.ts'
import { query } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { useMe } from '#web/session.ts'
import classes from './substitutions.module.css'

/** «Почему я это вижу»: every reason, asked for when somebody wants to know. */
export function WhySeen({ clientId, ownerId }: { clientId: string; ownerId: string | null }) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-start">
      <Popover.Target>
        <UnstyledButton className={`${classes.why} no-print`} onClick={() => setOpened(!opened)}>
          {t('substitutions.why')}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p="sm">
        {opened && <Reasons clientId={clientId} ownerId={ownerId} />}
      </Popover.Dropdown>
    </Popover>
  )
}

function Reasons({ clientId, ownerId }: { clientId: string; ownerId: string | null }) {
  const { t } = useTranslation()
  const me = useMe()
  const reasons = useQuery(query(getVisibility, { id: clientId }))
  const users = useQuery({ ...query(listUsers, {}), staleTime: 300_000 }).data ?? []
  const owner = users.find(({ id }) => id === ownerId)
  return (
    <Loaded of={reasons} meanwhile={1}>
      {(found) => (
        <Stack gap={4}>
          {found.map(({ reason, userId, until }) => (
            <Text key={reason + userId} size="sm">
              {t(`substitutions.reason.${reason}`, {
                name: users.find(({ id }) => id === userId)?.name ?? '',
              })}
              {until && ` ${t('substitutions.until', { when: formatDateTime(until) })}`}
            </Text>
          ))}
          {owner && mayLookAs(me, owner) && (
            <Anchor
              component="button"
              size="sm"
              ta="start"
              onClick={() => void lookAs(owner.id, `/clients/${clientId}`)}
            >
              {t('substitutions.look-as', { name: owner.name })}
            </Anchor>
          )}
        </Stack>
      )}
    </Loaded>
  )
}
