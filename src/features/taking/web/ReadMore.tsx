import { Button, NumberInput, Stack, Text, Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { addExportRequest, listExportRequests } from '#features/taking/contract.ts'
import { call, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'

const Fields = z.object({
  rows: addExportRequest.input.shape.rows,
  reason: addExportRequest.input.shape.reason,
})

/** Asks to read on where the day's measure is not enough. */
export function ReadMore() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const queries = useQueryClient()
  const { field, onSubmit, failure, pending } = useContractForm(Fields, {
    initial: { rows: 1000, reason: '' },
    send: (values) => call(addExportRequest, { ...values, road: 'reading', selection: {}, columns: [] }),
    onDone: async () => {
      setOpen(false)
      await refresh(queries, listExportRequests)
    },
  })
  if (!isOpen) {
    return (
      <Button variant="default" size="xs" mb="md" onClick={() => setOpen(true)}>
        {t('taking.ask-reading')}
      </Button>
    )
  }
  return (
    <form onSubmit={onSubmit} noValidate>
      <Stack maw={480} mb="lg">
        <Text size="sm">{t('taking.ask-reading-text')}</Text>
        <NumberInput label={t('taking.rows')} min={1} allowDecimal={false} {...field('rows')} />
        <Textarea label={t('taking.reason')} autosize minRows={2} {...field('reason')} />
        <FormFoot submit={t('taking.ask')} pending={pending} failure={failure} />
      </Stack>
    </form>
  )
}
