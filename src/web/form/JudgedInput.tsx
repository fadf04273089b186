import { TextInput, type TextInputProps } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCircleX, IconWand } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Verdict, VerdictReason } from '#shared/verdict.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './form.module.css'

export interface Judgement {
  verdict: Verdict
  reason: VerdictReason | null
  /** What the value is understood as; shown when it differs from what was typed. */
  shown?: string | null
}

interface JudgedInputProps extends TextInputProps {
  value: string
  /** Null: nothing can be said of it. */
  judge: (text: string) => Judgement | null
}

const MARKS: Record<Verdict, ReactNode> = {
  ok: <IconCheck size={16} />,
  fixed: <IconWand size={16} />,
  doubtful: <IconAlertTriangle size={16} />,
  junk: <IconCircleX size={16} />,
}

/** A field that says while one types how good the value is. It never refuses: what was entered is kept. */
export function JudgedInput({ judge, value, error, ...input }: JudgedInputProps) {
  const { t } = useTranslation()
  const judgement = value.trim() === '' ? null : judge(value)
  return (
    <TextInput
      {...input}
      value={value}
      error={error}
      rightSection={judgement && <Mark verdict={judgement.verdict} />}
      description={!error && judgement && <Say judgement={judgement} typed={value} />}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      aria-description={judgement ? t(`verdict-name.${judgement.verdict}`) : undefined}
    />
  )
}

const Mark = ({ verdict }: { verdict: Verdict }) => (
  <span className={classes.mark} data-verdict={verdict} aria-hidden>
    {MARKS[verdict]}
  </span>
)

function Say({ judgement: { verdict, reason, shown }, typed }: { judgement: Judgement; typed: string }) {
  const { t } = useTranslation()
  const parts = [reason && t(`verdict.${reason}`), shown && shown !== typed.trim() && shown].filter(Boolean)
  if (parts.length === 0) return null
  return (
    <span className={classes.say} data-verdict={verdict} role="status">
      {parts.join(' → ')}
    </span>
  )
}
