import { Anchor, Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { describeAgent } from '#features/sign-ins/describe-agent.ts'
import { getTaking, type Taking } from '#features/taking/contract.ts'
import { query } from '#web/api.ts'
import { formatDateTime, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import type { SetView, TakingView } from './taking-view.ts'
import { useSelectionWords } from './use-selection-words.ts'
import classes from './taking.module.css'

/** One taking in full: the number in the mark of a file leads here. */
export function TakingDrawer({ view, setView }: { view: TakingView; setView: SetView }) {
  const { t } = useTranslation()
  return (
    <Drawer
      opened={view.show !== undefined}
      onClose={() => setView({ show: undefined })}
      position="right"
      size="min(520px, 100vw)"
      title={t('taking.file')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {view.show && <Details id={view.show} />}
    </Drawer>
  )
}

function Details({ id }: { id: string }) {
  const found = useQuery(query(getTaking, { id }))
  return <Loaded of={found}>{(taking) => <Lines taking={taking} />}</Loaded>
}

function Lines({ taking }: { taking: Taking }) {
  const { t } = useTranslation()
  const { filterTexts, columnsText } = useSelectionWords()
  const filter = filterTexts(taking.selection)
  const lines: [string, ReactNode][] = [
    [t('taking.what'), t(`taking.roads.${taking.road}`)],
    [t('taking.file'), taking.fileName],
    [t('taking.person'), taking.userName],
    [t('taking.when'), formatDateTime(taking.at)],
    [t('taking.rows'), formatNumber(taking.rows)],
    [
      t('taking.filter'),
      filter.length === 0
        ? t('taking.no-filter')
        : filter.map((text) => (
            <span key={text} className={classes.line}>
              {text}
            </span>
          )),
    ],
    [t('taking.columns'), columnsText(taking.columns)],
    [t('taking.address'), taking.address],
    [t('taking.device'), deviceOf(taking)],
    [t('taking.by-request'), taking.requestId && t('taking.state.approved')],
    [
      t('taking.in-journal'),
      taking.changeSetId && (
        <Anchor component={Link} to={'/journal/$id' as never} params={{ id: taking.changeSetId } as never}>
          {t('taking.open')}
        </Anchor>
      ),
    ],
  ]
  return (
    <>
      <dl className={classes.details}>
        {lines.map(
          ([title, text]) =>
            text && (
              <div key={title}>
                <dt>{title}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
      <p className={classes.quiet}>{t('taking.number', { id: taking.id })}</p>
    </>
  )

  function deviceOf({ sessionKind, sessionName }: Taking) {
    if (sessionKind === 'token') return t('taking.token', { name: sessionName ?? '' })
    return sessionKind && (sessionName ? describeAgent(sessionName) : t('taking.browser'))
  }
}
