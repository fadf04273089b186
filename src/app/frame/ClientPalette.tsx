import { useMantineColorScheme } from '@mantine/core'
import { IconBuilding, IconContrast, IconUser } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type Client, listClients } from '#features/clients/contract.ts'
import { formatPhone } from '#shared/phone-format.ts'
import { call } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Palette, type PaletteItem } from '#web/palette/Palette.tsx'
import { useMe } from '#web/session.ts'
import { sectionsOf } from './navigation.ts'

/** Ctrl+K over the whole product: clients by anything known of them, screens and switches by name. */
export function ClientPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { role } = useMe()
  const { setColorScheme } = useMantineColorScheme()
  const goes = sectionsOf(role).map(({ to, word, icon: Icon }) => ({
    id: to,
    title: t(`app.${word}`),
    icon: <Icon size={17} stroke={1.6} />,
    run: () => void navigate({ to }),
  }))
  const schemes = (['auto', 'light', 'dark'] as const).map((scheme) => ({
    id: `theme-${scheme}`,
    title: `${t('shell.theme')}: ${t(`shell.theme-${scheme}`)}`,
    icon: <IconContrast size={17} stroke={1.6} />,
    run: () => setColorScheme(scheme),
  }))
  const find = async (search: string, signal: AbortSignal): Promise<PaletteItem[]> => {
    const { items } = await call(listClients, { search, limit: 8 }, { signal })
    return items.map((client) => ({
      id: client.id,
      title: client.name,
      note: noteOf(client),
      icon:
        client.kind === 'person' ? (
          <IconUser size={17} stroke={1.6} />
        ) : (
          <IconBuilding size={17} stroke={1.6} />
        ),
      run: () => void navigate({ to: '/clients/$id', params: { id: client.id } }),
    }))
  }
  return (
    <Palette
      onClose={onClose}
      commands={[...goes, ...schemes]}
      find={role === 'admin' ? undefined : find}
      found={t('app.clients')}
    />
  )
}

/** What tells two namesakes apart: the main phone, else the e-mail, else the ИНН. */
function noteOf({ contacts, inn }: Client): string {
  const first = (kind: string) =>
    contacts.find((contact) => contact.kind === kind && contact.verdict !== 'junk')
  const phone = first('phone')
  if (phone) return phone.normalized ? formatPhone(phone.normalized, phone.extension) : phone.value
  return first('email')?.value ?? inn ?? ''
}
