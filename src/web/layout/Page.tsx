import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './Page.module.css'

interface PageProps {
  title: string
  /** A short fact beside the title, such as a count. */
  aside?: ReactNode
  /** Buttons on the right. */
  actions?: ReactNode
  /** A row of filters or tabs below the title. */
  toolbar?: ReactNode
  /** The content fills the window and scrolls inside itself (a grid). */
  fill?: boolean
  /** Reading width for forms and texts. */
  narrow?: boolean
  children: ReactNode
}

/** The frame of every screen inside the shell: title, actions, content. */
export function Page({ title, aside, actions, toolbar, fill = false, narrow = false, children }: PageProps) {
  const { t } = useTranslation()
  useDocumentTitle(`${title} · ${t('shell.product')}`)
  return (
    <div className={fill ? classes.fill : classes.page}>
      <div className={classes.header}>
        <Title order={1}>{title}</Title>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
        {actions && <div className={`${classes.actions} no-print`}>{actions}</div>}
      </div>
      {toolbar && <div className={`${classes.toolbar} no-print`}>{toolbar}</div>}
      <div className={fill ? classes.filled : narrow ? classes.narrow : classes.content}>{children}</div>
    </div>
  )
}
