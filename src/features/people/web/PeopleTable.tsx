import {
  ActionIcon,
  Avatar,
  Badge,
  Group,
  Menu,
  NumberInput,
  Select,
  Switch,
  Table,
  Text,
  VisuallyHidden,
} from '@mantine/core'
import { IconDots, IconEye, IconLink, IconUserCheck, IconUserOff, IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { addUserLink, listUsers, patchUser, type Team, type User } from '#features/people/contract.ts'
import { AccountMenuItems } from '#features/single-sign-on/web/AccountMenuItems.tsx'
import { AccountSource } from '#features/single-sign-on/web/AccountSource.tsx'
import { usePlacedByGroups } from '#features/single-sign-on/web/use-placed-by-groups.ts'
import { Role } from '#shared/roles.ts'
import { useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { notifyUndo } from '#web/layout/notify.tsx'
import { ResetFactorItem } from '#features/sign-ins/web/ResetFactorItem.tsx'
import { useMe } from '#web/session.ts'
import { lookAs, mayLookAs } from './look-as.ts'
import { LinkDialog } from './LinkDialog.tsx'
import classes from './people.module.css'

type Teams = z.output<typeof Team>[]

/** Everybody with his role and team, changed in place; the dismissed stand last. */
export function PeopleTable({ users, teams }: { users: User[]; teams: Teams }) {
  const { t } = useTranslation()
  const [link, setLink] = useState<{ user: User; link: string } | null>(null)
  const sorted = users.toSorted((a, b) => Number(b.active) - Number(a.active) || a.name.localeCompare(b.name))
  return (
    <>
      <div className={classes.scroll}>
        <Table highlightOnHover className={classes.people!}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('people.name')}</Table.Th>
              <Table.Th w={200}>{t('people.role')}</Table.Th>
              <Table.Th w={180}>{t('people.team')}</Table.Th>
              <Table.Th w={130}>{t('people.may-export')}</Table.Th>
              <Table.Th w={48}>
                <VisuallyHidden>{t('people.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sorted.map((user) => (
              <PersonRow
                key={user.id}
                user={user}
                teams={teams}
                onLink={(made) => setLink({ user, link: made })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {link && <LinkDialog name={link.user.name} link={link.link} onClose={() => setLink(null)} />}
    </>
  )
}

function PersonRow({ user, teams, onLink }: { user: User; teams: Teams; onLink: (link: string) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const patch = useApiMutation(patchUser, { refreshes: [listUsers] })
  const change = (changes: Partial<User>) => patch.mutate({ id: user.id, ...changes })
  const placed = usePlacedByGroups(user)
  const shown = patch.isPending ? { ...user, ...patch.variables } : user
  return (
    <Table.Tr className={user.active ? undefined : classes.dismissed}>
      <Table.Td data-part="name">
        <Group gap={10} wrap="nowrap">
          <Avatar size={28} name={user.name} color={user.active ? 'accent' : 'gray'} aria-hidden />
          <div>
            <Text size="sm" fw={500}>
              {user.name} {user.id === me.id && <Badge size="xs">{t('people.you')}</Badge>}
              {!user.active && (
                <Badge size="xs" color="gray">
                  {t('people.dismissed')}
                </Badge>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              {user.email}
              <AccountSource source={user.source} />
            </Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td data-title={t('people.role')}>
        {user.active && user.id !== me.id && !placed ? (
          <Select
            aria-label={t('people.role-of', { name: user.name })}
            data={Role.options.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={shown.role}
            allowDeselect={false}
            onChange={(role) => role && change({ role: Role.parse(role) })}
          />
        ) : (
          <span title={placed ? t('single-sign-on.place-by-groups') : undefined}>
            {t(`role.${user.role}`)}
          </span>
        )}
      </Table.Td>
      <Table.Td data-title={t('people.team')}>
        {placed ? (
          (teams.find(({ id }) => id === user.teamId)?.name ?? '—')
        ) : user.active && teams.length > 0 ? (
          <Select
            aria-label={t('people.team-of', { name: user.name })}
            data={teams.map(({ id, name }) => ({ value: id, label: name }))}
            value={shown.teamId}
            clearable
            placeholder={t('people.no-team')}
            onChange={(teamId) => change({ teamId })}
          />
        ) : (
          '—'
        )}
      </Table.Td>
      <Table.Td data-title={t('people.may-export')}>
        <Switch
          aria-label={t('people.export-of', { name: user.name })}
          checked={shown.role === 'head' || shown.mayExport}
          disabled={!user.active || user.role === 'head' || user.role === 'admin'}
          onChange={({ currentTarget }) => change({ mayExport: currentTarget.checked })}
        />
        {me.role === 'head' &&
          user.active &&
          shown.role !== 'admin' &&
          (shown.role === 'head' || shown.mayExport) && (
            <QuotaInput user={user} onChange={(exportQuota) => change({ exportQuota })} />
          )}
      </Table.Td>
      <Table.Td data-part="menu">
        <PersonMenu user={user} onLink={onLink} isMe={user.id === me.id} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Rows in thirty days; empty: as the role. */
function QuotaInput({ user, onChange }: { user: User; onChange: (quota: number | null) => void }) {
  const { t } = useTranslation()
  const [given, setGiven] = useState<string | number>(user.exportQuota ?? '')
  const quota = given === '' ? null : Number(given)
  return (
    <NumberInput
      size="xs"
      mt={6}
      w={110}
      aria-label={t('people.quota-of', { name: user.name })}
      placeholder={t('people.quota-by-role')}
      title={t('people.quota-why')}
      min={0}
      max={1_000_000_000}
      allowDecimal={false}
      hideControls
      thousandSeparator=" "
      value={given}
      onChange={setGiven}
      onBlur={() => quota !== user.exportQuota && onChange(quota)}
      onKeyDown={({ key, currentTarget }) => key === 'Enter' && currentTarget.blur()}
    />
  )
}

function PersonMenu({ user, onLink, isMe }: { user: User; onLink: (link: string) => void; isMe: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  const patch = useApiMutation(patchUser, { refreshes: [listUsers] })
  const addLink = useApiMutation(addUserLink, { onSuccess: ({ link }) => onLink(link) })
  const setActive = (active: boolean) => patch.mutateAsync({ id: user.id, active })
  const dismiss = async () => {
    const { name } = user
    const sure = {
      title: t('people.dismiss-title', { name }),
      text: t('people.dismiss-text'),
      confirm: t('people.dismiss'),
    }
    if (!(await confirm({ ...sure, danger: true }))) return
    await setActive(false)
    notifyUndo(t('people.dismissed-now', { name }), () => setActive(true))
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('people.actions-of', { name: user.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {user.active && user.source === 'local' && (
          <Menu.Item leftSection={<IconLink size={16} />} onClick={() => addLink.mutate({ id: user.id })}>
            {t('people.new-link')}
          </Menu.Item>
        )}
        {mayLookAs(me, user) && (
          <Menu.Item leftSection={<IconEye size={16} />} onClick={() => void lookAs(user.id)}>
            {t('people.look-as')}
          </Menu.Item>
        )}
        <AccountMenuItems user={user} />
        {user.active && <ResetFactorItem user={user} />}
        {user.role !== 'admin' && (
          <Menu.Item
            leftSection={<IconUsersGroup size={16} />}
            renderRoot={(props) => (
              <Link to={'/team/handover' as never} search={{ from: user.id } as never} {...props} />
            )}
          >
            {t('people.hand-over')}
          </Menu.Item>
        )}
        {user.active ? (
          <Menu.Item
            color="red"
            disabled={isMe}
            leftSection={<IconUserOff size={16} />}
            onClick={() => void dismiss()}
          >
            {t('people.dismiss')}
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconUserCheck size={16} />} onClick={() => void setActive(true)}>
            {t('people.take-back')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
