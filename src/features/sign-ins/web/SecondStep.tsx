import { useTranslation } from '#web/i18n/translation.ts'
import { Door } from '#web/layout/Door.tsx'
import { CodeStep } from './CodeStep.tsx'
import { SetUpStep } from './SetUpStep.tsx'

interface SecondStepProps {
  step: 'code' | 'set-up'
  onDone: (id: string) => unknown
  onAnew: () => void
}

/** What the sign-in asks for after the password. */
export function SecondStep({ step, onDone, onAnew }: SecondStepProps) {
  const { t } = useTranslation()
  return step === 'code' ? (
    <Door title={t('sign-ins.code-title')}>
      <CodeStep onDone={onDone} onAnew={onAnew} />
    </Door>
  ) : (
    <Door title={t('sign-ins.set-up-title')}>
      <SetUpStep onDone={onDone} />
    </Door>
  )
}
