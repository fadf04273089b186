import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { listTeams } from '#features/people/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'

/** Whose calendar: for who plans for himself only there is nothing to choose. */
export function WhoseSelect({ value, onChange }: { value: string; onChange: (of: string) => void }) {
  const { t } = useTranslation()
  const me = useMe()
  const { plannable } = useColleagues()
  const teams = useQuery({ ...query(listTeams, {}), enabled: me.role !== 'manager' }).data ?? []
  if (me.role === 'manager') return null
  const mine = teams.filter(({ id }) => me.role === 'head' || id === me.teamId)
  return (
    <Select
      aria-label={t('calendar.whose')}
      w={220}
      searchable
      allowDeselect={false}
      value={value}
      onChange={(next) => next && onChange(next)}
      data={[
        { value: 'me', label: t('calendar.mine') },
        ...mine.map(({ id, name }) => ({ value: `team:${id}`, label: t('calendar.team', { name }) })),
        ...plannable.filter(({ id }) => id !== me.id).map(({ id, name }) => ({ value: id, label: name })),
      ]}
    />
  )
}
