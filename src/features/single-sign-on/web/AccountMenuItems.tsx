import { Menu } from '@mantine/core'
import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { listUsers, type User } from '#features/people/contract.ts'
import { getSignInWays, permitLink, unlinkAccount } from '#features/single-sign-on/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'

/** In the menu of a person: links his account to the company's, or unlinks it. An admin does so for others than heads. */
export function AccountMenuItems({ user }: { user: User }) {
  const { t } = useTranslation()
  const { role } = useMe()
  const ways = useQuery(query(getSignInWays, {}))
  const permit = useApiMutation(permitLink)
  const unlink = useApiMutation(unlinkAccount, { refreshes: [listUsers] })
  const { id, name, email } = user
  if (role !== 'head' && user.role === 'head') return null
  const askAndPermit = async () => {
    const sure = {
      title: t('single-sign-on.permit-title', { name }),
      text: t('single-sign-on.permit-text', { email }),
      confirm: t('single-sign-on.permit-link'),
    }
    if (!(await confirm(sure))) return
    await permit.mutateAsync({ id })
    notifyDone(t('single-sign-on.permitted', { name }))
  }
  const askAndUnlink = async () => {
    const sure = {
      title: t('single-sign-on.unlink-title', { name }),
      text: t('single-sign-on.unlink-text'),
      confirm: t('single-sign-on.unlink'),
      danger: true,
    }
    if (!(await confirm(sure))) return
    await unlink.mutateAsync({ id })
    notifyDone(t('single-sign-on.unlinked', { name }))
  }
  if (user.source !== 'local')
    return (
      <Menu.Item leftSection={<IconPlugConnectedX size={16} />} onClick={() => void askAndUnlink()}>
        {t('single-sign-on.unlink')}
      </Menu.Item>
    )
  if (!user.active || !(ways.data?.directory || ways.data?.provider)) return null
  return (
    <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={() => void askAndPermit()}>
      {t('single-sign-on.permit-link')}
    </Menu.Item>
  )
}
