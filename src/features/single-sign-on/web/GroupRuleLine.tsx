import { ActionIcon, Group, Select, TextInput } from '@mantine/core'
import { IconArrowUp, IconTrash } from '@tabler/icons-react'
import type { Team } from '#features/people/contract.ts'
import type { GroupRule } from '#features/single-sign-on/contract.ts'
import { Role } from '#shared/roles.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './rules.module.css'

interface GroupRuleLineProps {
  number: number
  rule: GroupRule
  teams: Team[]
  /** A head's own: an admin reads it. */
  closed: boolean
  mayMakeHeads: boolean
  onChange: (changed: Partial<GroupRule>) => void
  onUp: (() => void) | undefined
  onDelete: () => void
}

/** One rule: a group, the role it gives, the team it gives. */
export function GroupRuleLine(props: GroupRuleLineProps) {
  const { number: n, rule, teams, closed, mayMakeHeads, onChange, onUp, onDelete } = props
  const { t } = useTranslation()
  const roles = Role.options.filter((role) => mayMakeHeads || closed || role !== 'head')
  return (
    <li className={classes.rule}>
      <TextInput
        aria-label={t('single-sign-on.group-n', { n })}
        placeholder={t('single-sign-on.group-sample')}
        value={rule.group}
        required
        maxLength={500}
        disabled={closed}
        onChange={({ currentTarget }) => onChange({ group: currentTarget.value })}
      />
      <Select
        aria-label={t('single-sign-on.role-n', { n })}
        data={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
        value={rule.role}
        allowDeselect={false}
        disabled={closed}
        onChange={(role) => role && onChange({ role: Role.parse(role) })}
      />
      <Select
        aria-label={t('single-sign-on.team-n', { n })}
        data={teams.map(({ id, name }) => ({ value: id, label: name }))}
        value={rule.teamId}
        clearable
        placeholder={t('single-sign-on.team-kept')}
        disabled={closed}
        onChange={(teamId) => onChange({ teamId })}
      />
      <Group gap={4} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          aria-label={t('single-sign-on.move-up', { n })}
          disabled={!onUp}
          onClick={onUp}
        >
          <IconArrowUp size={16} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          aria-label={t('single-sign-on.delete', { n })}
          disabled={closed}
          onClick={onDelete}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Group>
    </li>
  )
}
