import { Stack, Text, Textarea } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { addExportRequest, type Ask, type ExportRequest } from '#features/taking/contract.ts'
import { call } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'

const Reason = addExportRequest.input.pick({ reason: true })

interface AskFormProps {
  sentence: string
  ask: Ask
  onAsked: (request: ExportRequest) => void
}

/** The reason, and what exactly is asked for. */
export function AskForm({ sentence, ask, onAsked }: AskFormProps) {
  const { t } = useTranslation()
  const { field, onSubmit, failure, pending } = useContractForm(Reason, {
    initial: { reason: '' },
    send: ({ reason }) => call(addExportRequest, { ...ask, reason }),
    onDone: onAsked,
  })
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack>
        <Text size="sm">{sentence}</Text>
        <Textarea
          label={t('taking.reason')}
          description={t('taking.reason-why')}
          autosize
          minRows={2}
          data-autofocus
          {...field('reason')}
        />
        <FormFoot submit={t('taking.ask')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
