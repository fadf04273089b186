import { Alert, Anchor, Stack } from '@mantine/core'
import { IconUserExclamation, IconUserShare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { listUsers } from '#features/people/contract.ts'
import { listSubstitutions, type Substitution } from '#features/substitutions/contract.ts'
import { query } from '#web/api.ts'
import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { daysOf } from './days.ts'

const week = 7 * 86_400_000

const endedLately = ({ status, to }: Substitution) => status === 'over' && Date.now() - Date.parse(to) < week

const isUnattendedSoon = ({ unattended, from }: Substitution) =>
  unattended && Date.parse(from) - Date.now() < week

/** On the first screen: for whom one stands in now, and for a week after one's own absence what was done meanwhile; for heads, who is away with nobody standing in. */
export function StandInNotes() {
  const { t } = useTranslation()
  const me = useMe()
  const all = useQuery({ ...query(listSubstitutions, {}), refetchInterval: 300_000 }).data ?? []
  const users = useQuery({ ...query(listUsers, {}), staleTime: 300_000 }).data ?? []
  const nameOf = (id: string) => users.find((user) => user.id === id)?.name ?? ''
  const until = (one: Substitution) => formatDayInWords(daysOf(one, me.company.timeZone).last)
  const notes = all.flatMap((one) => {
    if (one.status === 'running' && one.deputyIds.includes(me.id))
      return [
        {
          one,
          text: t('substitutions.you-stand-in', { name: nameOf(one.absentId), until: until(one) }),
          more: t('substitutions.brief'),
        },
      ]
    if (endedLately(one) && one.absentId === me.id && one.deputyIds.length > 0)
      return [
        {
          one,
          text: t('substitutions.you-were-away', { names: one.deputyIds.map(nameOf).join(', ') }),
          more: t('substitutions.digest'),
        },
      ]
    return []
  })
  const soon = me.role === 'manager' ? [] : all.filter(isUnattendedSoon)
  if (notes.length + soon.length === 0) return null
  return (
    <Stack gap="xs" mb="md">
      {soon.map((one) => (
        <Alert key={one.id} p="xs" color="yellow" icon={<IconUserExclamation size={18} stroke={1.6} />}>
          {t('substitutions.unattended', {
            name: nameOf(one.absentId),
            from: formatDayInWords(daysOf(one, me.company.timeZone).first),
            to: until(one),
          })}{' '}
          <Anchor inherit renderRoot={(props) => <Link to={'/team/substitutions' as never} {...props} />}>
            {t('substitutions.to-set')}
          </Anchor>
        </Alert>
      ))}
      {notes.map(({ one, text, more }) => (
        <Alert key={one.id} p="xs" icon={<IconUserShare size={18} stroke={1.6} />}>
          {text}{' '}
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to={'/team/substitutions/$id' as never} params={{ id: one.id } as never} {...props} />
            )}
          >
            {more}
          </Anchor>
        </Alert>
      ))}
    </Stack>
  )
}
