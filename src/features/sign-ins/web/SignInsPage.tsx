import { Button, Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { z } from 'zod'
import { listUsers } from '#features/people/contract.ts'
import { signInKinds } from '#features/sign-ins/contract.ts'
import { query } from '#web/api.ts'
import { DayRange } from '#web/form/DayRange.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { Page } from '#web/layout/Page.tsx'
import { useUrlState } from '#web/url-state.ts'
import { SignInsList } from './SignInsList.tsx'

const SignInsView = z.object({
  user: z.string().optional().catch(undefined),
  kind: z.enum(signInKinds).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
})

/** «Журнал входов» of everybody, for the head and an administrator. */
export function SignInsPage() {
  const { t } = useTranslation()
  const [filter] = useUrlState(SignInsView)
  return (
    <Page title={t('sign-ins.journal')} aside={t('sign-ins.journal-intro')} toolbar={<Filters />}>
      <SignInsList filter={filter} named />
    </Page>
  )
}

function Filters() {
  const { t } = useTranslation()
  const [{ user, kind, from, to }, setView] = useUrlState(SignInsView)
  const users = useQuery(query(listUsers, {})).data ?? []
  return (
    <Group gap="xs">
      <Select
        aria-label={t('sign-ins.person')}
        placeholder={t('sign-ins.any-person')}
        clearable
        searchable
        w={200}
        value={user ?? null}
        onChange={(chosen) => setView({ user: chosen ?? undefined })}
        data={users.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        aria-label={t('sign-ins.kind')}
        placeholder={t('sign-ins.any-kind')}
        clearable
        searchable
        w={240}
        value={kind ?? null}
        onChange={(chosen) => setView({ kind: signInKinds.find((name) => name === chosen) })}
        data={signInKinds.map((value) => ({ value, label: t(`sign-ins.kind-${value}`) }))}
      />
      <DayRange
        from={from}
        to={to}
        labels={{ from: t('sign-ins.from'), to: t('sign-ins.to') }}
        onChange={setView}
      />
      {(user || kind || from || to) && (
        <Button
          variant="subtle"
          color="gray"
          onClick={() => setView({ user: undefined, kind: undefined, from: undefined, to: undefined })}
        >
          {t('sign-ins.clear')}
        </Button>
      )}
    </Group>
  )
}
