import {
  ActionIcon,
  Badge,
  Button,
  Group,
  Stack,
  Switch,
  Table,
  Text,
  Tooltip,
  VisuallyHidden,
} from '@mantine/core'
import { IconEdit, IconPlus, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type CustomField,
  deleteCustomField,
  getDictionaries,
  patchCustomField,
} from '#features/company/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { FieldDialog } from './FieldDialog.tsx'

/** The head's own fields of a client: they behave like the built-in ones in table, card, filter, import and report. */
export function FieldsSettings() {
  const { t } = useTranslation()
  const [edited, setEdited] = useState<CustomField | 'new' | null>(null)
  const dictionaries = useQuery(query(getDictionaries, {}))
  return (
    <Stack maw={820} align="flex-start">
      <Text size="sm" c="dimmed">
        {t('company.fields-why')}
      </Text>
      <Loaded of={dictionaries}>
        {({ customFields }) =>
          customFields.length > 0 && <FieldsTable fields={customFields} onEdit={setEdited} />
        }
      </Loaded>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
        {t('company.new-field')}
      </Button>
      {edited && <FieldDialog field={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Stack>
  )
}

function FieldsTable({ fields, onEdit }: { fields: CustomField[]; onEdit: (field: CustomField) => void }) {
  const { t } = useTranslation()
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('company.field-title')}</Table.Th>
          <Table.Th>{t('company.field-type')}</Table.Th>
          <Table.Th>{t('company.field-searchable')}</Table.Th>
          <Table.Th w={90}>
            <VisuallyHidden>{t('people.actions')}</VisuallyHidden>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {fields
          .toSorted((a, b) => a.position - b.position)
          .map((field) => (
            <FieldLine key={field.id} field={field} onEdit={() => onEdit(field)} />
          ))}
      </Table.Tbody>
    </Table>
  )
}

function FieldLine({ field, onEdit }: { field: CustomField; onEdit: () => void }) {
  const { t } = useTranslation()
  const { id, title, type, options, searchable } = field
  const patch = useApiMutation(patchCustomField, { refreshes: [getDictionaries] })
  const remove = useApiMutation(deleteCustomField, { refreshes: [getDictionaries] })
  const ask = async () => {
    const question = { title: t('company.delete-field', { title }), text: t('company.delete-field-text') }
    if (await confirm({ ...question, confirm: t('company.delete'), danger: true })) remove.mutate({ id })
  }
  return (
    <Table.Tr>
      <Table.Td>{title}</Table.Td>
      <Table.Td>
        <Group gap={6}>
          {t(`company.type-${type}`)}
          {options.map((option) => (
            <Badge key={option} color="gray">
              {option}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>
        <Switch
          aria-label={t('company.field-searchable')}
          checked={patch.isPending ? patch.variables.searchable === true : searchable}
          onChange={({ currentTarget }) => patch.mutate({ id, searchable: currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <Tooltip label={t('company.edit-field')}>
            <ActionIcon aria-label={`${t('company.edit-field')}: ${title}`} onClick={onEdit}>
              <IconEdit size={16} />
            </ActionIcon>
          </Tooltip>
          <ActionIcon aria-label={`${t('company.delete')}: ${title}`} onClick={() => void ask()}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      </Table.Td>
    </Table.Tr>
  )
}
