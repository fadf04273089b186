import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect } from 'react'
import { countAlarms } from '#features/alarms/contract.ts'
import { useQuickCall } from '#features/activities/web/quick-call.ts'
import { useUndoKeys } from '#features/changes/web/use-undo-keys.ts'
import { getMe, patchMe, signOut } from '#features/people/contract.ts'
import { bringGuard } from '#features/taking/web/bring-guard.ts'
import { keyOf, query, useApiMutation } from '#web/api.ts'
import { setFormatTimeZone } from '#web/format.ts'
import { applyLanguage, withWords } from '#web/i18n/i18n.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Shell } from '#web/layout/Shell.tsx'
import { UserMenu } from '#web/layout/UserMenu.tsx'
import { openOutbox, useWaiting } from '#web/live/outbox.ts'
import { WaitingBar } from '#web/live/WaitingBar.tsx'
import { MeContext } from '#web/session.ts'
import { LookBanner } from './LookBanner.tsx'
import { SignedOut } from './SignedOut.tsx'
import { useLiveRefresh } from './use-live-refresh.ts'
import { sectionsOf } from './navigation.ts'

const ClientPalette = lazy(async () => ({ default: (await import('./ClientPalette.tsx')).ClientPalette }))

const QuickCall = lazy(async () => ({
  default: (
    await withWords(['activities', 'changes', 'clients'], import('#features/activities/web/QuickCall.tsx'))
  ).QuickCall,
}))
const AlarmsNotice = lazy(async () => ({
  default: (await withWords(['alarms'], import('#features/alarms/web/AlarmsNotice.tsx'))).AlarmsNotice,
}))
const ReminderBells = lazy(async () => ({
  default: (await import('#features/activities/web/ReminderBells.tsx')).ReminderBells,
}))
const RequestBells = lazy(async () => ({
  default: (await import('#features/taking/web/RequestBells.tsx')).RequestBells,
}))

/** The signed-in half of the product: the shell, and the chosen screen in it. */
export function Frame() {
  const { t } = useTranslation()
  const me = useSuspenseQuery(query(getMe, {})).data
  const queries = useQueryClient()
  const keepLanguage = useApiMutation(patchMe, { refreshes: [getMe] })
  // The answers of one person must not be there for the next one: the page starts anew.
  const leave = useApiMutation(signOut, {
    onSuccess: (answer) => (queries.clear(), location.assign(answer?.goOn ?? '/sign-in')),
  })
  const calling = useQuickCall()
  const looking = me.look !== null
  const [searching, palette] = useDisclosure(false)
  // By the place of the key, for the Russian layout too; also while a field has the focus.
  useHotkeys([['mod+K', palette.open, { usePhysicalKeys: true }]], [])
  const lookWhoCalls = useCallback(
    () => void queries.invalidateQueries({ queryKey: [keyOf(getMe)] }),
    [queries],
  )
  useEffect(
    () =>
      // What the person himself could not send yet is not for a head to send.
      looking
        ? undefined
        : openOutbox(me.id, async (edit) =>
            (await withWords(['clients'], import('#features/clients/web/resend-edit.ts'))).resendEdit(
              queries,
              edit,
            ),
          ),
    [me.id, looking, queries],
  )
  const waiting = useWaiting().length
  const signOutAsked = async () => {
    const text = t('live.leave-text', { count: waiting })
    const question = { title: t('live.leave-title'), text, confirm: t('live.leave'), danger: true }
    if (waiting === 0 || (await (await import('#web/layout/confirm.tsx')).confirm(question))) leave.mutate({})
  }
  useEffect(() => {
    if (me.role !== 'admin' && !looking) return bringGuard()
    return undefined
  }, [me.role, looking])
  useLiveRefresh(me.id, me.role !== 'admin', lookWhoCalls)
  useUndoKeys(me.role !== 'admin' && !looking)
  setFormatTimeZone(me.timeZone ?? me.company.timeZone)
  useEffect(() => {
    if (me.language) void applyLanguage(me.language)
  }, [me.language])
  const alarms = useQuery({ ...query(countAlarms, {}), enabled: me.role === 'head' }).data?.unseen ?? 0
  const navigation = sectionsOf(me.role)
    .filter(({ aside }) => !aside)
    .map((section) => ({
      ...section,
      label: t(`app.${section.word}`),
      short: section.short && t(`app.${section.short}`),
      count: section.to === '/alarms' ? alarms : undefined,
    }))
  return (
    <MeContext value={me}>
      <Shell
        company={me.company.name}
        navigation={navigation}
        onSearch={palette.open}
        notice={<Suspense fallback={null}>{alarms > 0 && <AlarmsNotice count={alarms} />}</Suspense>}
        banner={me.look && <LookBanner name={me.name} until={me.look.until} />}
        userMenu={
          <UserMenu
            me={me}
            onSignOut={() => void signOutAsked()}
            onLanguage={(language) => keepLanguage.mutate({ language })}
          />
        }
      >
        <Outlet />
      </Shell>
      <Suspense fallback={null}>
        {calling && <QuickCall request={calling} />}
        {me.role !== 'admin' && !looking && <ReminderBells />}
        {me.role === 'head' && !looking && <RequestBells />}
      </Suspense>
      <WaitingBar />
      <SignedOut me={me} />
      <Suspense fallback={null}>{searching && <ClientPalette onClose={palette.close} />}</Suspense>
    </MeContext>
  )
}
