import { Stepper } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { useState } from 'react'
import { z } from 'zod'
import { getSetup } from '#features/company/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Door } from '#web/layout/Door.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { useUrlState } from '#web/url-state.ts'
import { type CompanyDraft, CompanyStep, newCompany } from './CompanyStep.tsx'
import { ExcelStep } from './ExcelStep.tsx'
import { HeadStep } from './HeadStep.tsx'
import { NetworkStep } from './NetworkStep.tsx'

const STEPS = ['company', 'head', 'network', 'excel'] as const
const WizardView = z.object({ step: z.enum(STEPS).catch('company') })

/** The first ten minutes: company, the head's account, colleagues, the first Excel. */
export function WizardPage() {
  const { t } = useTranslation()
  const [{ step }, setView] = useUrlState(WizardView)
  const [company, setCompany] = useState<CompanyDraft>(newCompany)
  // Asked once: the answer turns over in the middle of the wizard.
  const setup = useQuery({ ...query(getSetup, {}), staleTime: Infinity })
  const isDone = step === 'network' || step === 'excel'
  if (setup.data && !setup.data.needed && !isDone) return <Navigate to="/" replace />
  return (
    <Door title={t(`company.step-${step}`)} text={t(`company.step-${step}-text`)} wide>
      <Stepper active={STEPS.indexOf(step)} size="xs" iconSize={26} mb="lg" aria-label={t('company.steps')}>
        {STEPS.map((name) => (
          <Stepper.Step
            key={name}
            label={t(`company.step-${name}-short`)}
            aria-current={name === step && 'step'}
          />
        ))}
      </Stepper>
      <Loaded of={setup} meanwhile={5}>
        {({ codeAsked }) => {
          if (step === 'network')
            return <NetworkStep onNext={() => setView({ step: 'excel' }, { keep: true })} />
          if (step === 'excel') return <ExcelStep />
          // The company is not saved before the head is named: after a reload it begins anew.
          if (step === 'company' || company.name === '')
            return (
              <CompanyStep
                initial={company}
                onNext={(draft) => {
                  setCompany(draft)
                  setView({ step: 'head' }, { keep: true })
                }}
              />
            )
          return (
            <HeadStep
              company={company}
              codeAsked={codeAsked}
              onBack={() => setView({ step: 'company' })}
              onDone={() => setView({ step: 'network' })}
            />
          )
        }}
      </Loaded>
    </Door>
  )
}
