import { Paper, Stack, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './Door.module.css'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Logo } from './Logo.tsx'

interface DoorProps {
  title: string
  text?: ReactNode
  /** Wider, for the wizard. */
  wide?: boolean
  children: ReactNode
}

/** The frame of the screens outside: sign-in, invitation, wizard. */
export function Door({ title, text, wide = false, children }: DoorProps) {
  const { t } = useTranslation()
  useDocumentTitle(`${title} · ${t('shell.product')}`)
  return (
    <main className={classes.door}>
      <div className={classes.brand}>
        <Logo size={28} />
        <span>{t('shell.product')}</span>
      </div>
      <Paper className={classes.card!} data-wide={wide || undefined} radius="lg">
        <Stack gap={4} mb="lg">
          <Title order={1}>{title}</Title>
          {text && <div className={classes.text}>{text}</div>}
        </Stack>
        {children}
      </Paper>
      <div className={classes.language}>
        <LanguageSwitch />
      </div>
    </main>
  )
}
