import { Button, Group, Tabs } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconLogin2, IconUserPlus, IconUserShare, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { z } from 'zod'
import { listTeams, listUsers } from '#features/people/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import { TeamsList } from './TeamsList.tsx'

const PeopleView = z.object({ tab: z.enum(['people', 'teams']).catch('people') })

/** Who works in the base: invite, role, team, right of export, dismissal. */
export function PeoplePage() {
  const { t } = useTranslation()
  const [{ tab }, setView] = useUrlState(PeopleView)
  const { role } = useMe()
  const [inviting, dialog] = useDisclosure(false)
  const people = useQuery(query(listUsers, {}))
  const teams = useQuery(query(listTeams, {}))
  return (
    <Page
      title={t('app.team')}
      aside={people.data && t('people.count', { count: people.data.filter((user) => user.active).length })}
      actions={
        <Group gap="xs">
          {role === 'head' && (
            <>
              <Button
                variant="default"
                leftSection={<IconUserShare size={16} stroke={1.6} />}
                renderRoot={(props) => <Link to={'/team/substitutions' as never} {...props} />}
              >
                {t('people.substitutions')}
              </Button>
              <Button
                variant="default"
                leftSection={<IconUsersGroup size={16} stroke={1.6} />}
                renderRoot={(props) => <Link to={'/team/handover' as never} {...props} />}
              >
                {t('people.handovers')}
              </Button>
            </>
          )}
          <Button
            variant="default"
            leftSection={<IconLogin2 size={16} stroke={1.6} />}
            renderRoot={(props) => <Link to={'/team/sign-ins' as never} {...props} />}
          >
            {t('people.sign-ins')}
          </Button>
          <Button leftSection={<IconUserPlus size={16} />} onClick={dialog.open}>
            {t('people.invite')}
          </Button>
        </Group>
      }
    >
      <Tabs value={tab} onChange={(value) => setView({ tab: value === 'teams' ? 'teams' : 'people' })}>
        <Tabs.List mb="md">
          <Tabs.Tab value="people">{t('people.people')}</Tabs.Tab>
          <Tabs.Tab value="teams">{t('people.teams')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="people">
          <Loaded of={people}>{(users) => <PeopleTable users={users} teams={teams.data ?? []} />}</Loaded>
        </Tabs.Panel>
        <Tabs.Panel value="teams">
          <Loaded of={teams}>{(teams) => <TeamsList teams={teams} users={people.data ?? []} />}</Loaded>
        </Tabs.Panel>
      </Tabs>
      {inviting && <InviteDialog teams={teams.data ?? []} onClose={dialog.close} />}
    </Page>
  )
}
