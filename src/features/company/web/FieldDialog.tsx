import { Button, Checkbox, Modal, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { addCustomField, CustomField, getDictionaries, patchCustomField } from '#features/company/contract.ts'
import { call, refresh } from '#web/api.ts'
import { FormFoot } from '#web/form/FormFoot.tsx'
import { useContractForm } from '#web/form/use-contract-form.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { keyFromTitle } from './key-from-title.ts'

/** Defines a field, or changes one; its type stays what it is once values may exist. */
export function FieldDialog({ field: given, onClose }: { field: CustomField | null; onClose: () => void }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const initial = given ?? {
    title: '',
    type: 'text' as CustomField['type'],
    options: [] as string[],
    searchable: true,
  }
  const { form, field, onSubmit, failure, pending } = useContractForm(
    CustomField.omit({ id: true, key: true, position: true }),
    {
      initial: {
        title: initial.title,
        type: initial.type,
        options: initial.options,
        searchable: initial.searchable,
      },
      send: (values) =>
        given
          ? call(patchCustomField, { id: given.id, ...values })
          : call(addCustomField, { key: keyFromTitle(values.title), ...values }),
      onDone: async () => {
        await refresh(queries, getDictionaries)
        onClose()
      },
    },
  )
  const { checked: _, ...searchable } = form.getInputProps('searchable', { type: 'checkbox' }) as {
    checked?: boolean
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(given ? 'company.edit-field' : 'company.new-field')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={onSubmit} noValidate>
        <Stack>
          <TextInput label={t('company.field-title')} data-autofocus {...field('title')} />
          <Select
            label={t('company.field-type')}
            data={CustomField.shape.type.options.map((value) => ({
              value,
              label: t(`company.type-${value}`),
            }))}
            allowDeselect={false}
            disabled={given !== null}
            {...field('type')}
          />
          {form.values.type === 'choice' && (
            <TagsInput
              label={t('company.field-options')}
              description={t('company.field-options-why')}
              {...field('options')}
              withAsterisk={false}
            />
          )}
          <Checkbox
            label={t('company.field-searchable-long')}
            checked={form.values.searchable}
            {...searchable}
          />
          <FormFoot submit={t('shell.save')} pending={pending} failure={failure}>
            <Button variant="subtle" color="gray" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
          </FormFoot>
        </Stack>
      </form>
    </Modal>
  )
}
