import { Button, Group, Select, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import { Decision, type Import, updateImport } from '#features/imports/contract.ts'
import { InviteDialog } from '#features/people/web/InviteDialog.tsx'
import type { InputOf } from '#shared/endpoint.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'

interface ImportSettingsProps {
  one: Import
  dictionaries: Dictionaries
  onChange: (fields: Omit<InputOf<typeof updateImport>, 'id'>) => void
}

/** What holds for the whole file: sheet, header, whose clients they are, what becomes of likely twins. */
export function ImportSettings({ one, dictionaries, onChange }: ImportSettingsProps) {
  const { t } = useTranslation()
  const { role } = useMe()
  const mapping = one.mapping!
  const people = dictionaries.users
    .filter((user) => user.active && user.role !== 'admin')
    .map((user) => ({ value: user.id, label: user.name }))
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        {one.sheets.length > 1 && (
          <Select
            label={t('imports.sheet')}
            allowDeselect={false}
            data={one.sheets.map(({ name }, index) => ({ value: String(index), label: name }))}
            value={String(mapping.sheet)}
            onChange={(sheet) => onChange({ mapping: { sheet: Number(sheet) } })}
          />
        )}
        <Select
          label={t('imports.header')}
          allowDeselect={false}
          data={[
            { value: '0', label: t('imports.header-none') },
            ...headerRows(one).map(({ number, text }) => ({
              value: String(number),
              label: t(text ? 'imports.header-row-of' : 'imports.header-row', { number, text }),
            })),
          ]}
          value={String(mapping.headerRow ?? 0)}
          w={260}
          onChange={(row) => onChange({ mapping: { sheet: mapping.sheet, headerRow: Number(row) || null } })}
        />
        {role !== 'manager' && (
          <Select
            label={t('imports.owner')}
            placeholder={t('imports.nobody')}
            searchable
            clearable={role === 'head'}
            data={people}
            value={one.ownerId}
            onChange={(ownerId) => onChange({ ownerId })}
          />
        )}
        {one.counts.doubtful > 0 || one.twins !== null ? (
          <Select
            label={t('imports.twins-label')}
            allowDeselect={false}
            data={[
              { value: 'wait', label: t('imports.twins.wait') },
              ...Decision.options.map((value) => ({ value, label: t(`imports.twins.${value}`) })),
            ]}
            value={one.twins ?? 'wait'}
            onChange={(value) => onChange({ twins: value === 'wait' ? null : (value as Decision) })}
          />
        ) : null}
        {one.encoding && (
          <Text size="xs" c="dimmed" pb={8}>
            {t('imports.encoding', { encoding: one.encoding })}
          </Text>
        )}
      </Group>
      {one.owners.length > 0 && role !== 'manager' && (
        <Owners one={one} people={people} teams={dictionaries.teams} onChange={onChange} />
      )}
    </Stack>
  )
}

/** Rows that may be the header, each with how it begins. */
function headerRows({ top, mapping }: Import): { number: number; text: string }[] {
  const rows = top.map(({ number, cells }) => ({
    number,
    text: cells
      .filter((cell) => cell.trim() !== '')
      .slice(0, 4)
      .join(', '),
  }))
  const chosen = mapping?.headerRow
  return !chosen || rows.some(({ number }) => number === chosen)
    ? rows
    : [...rows, { number: chosen, text: '' }]
}

interface OwnersProps extends Pick<ImportSettingsProps, 'one' | 'onChange'> {
  people: { value: string; label: string }[]
  teams: Dictionaries['teams']
}

/** Names in the owner's column and the colleagues they mean. */
function Owners({ one, people, teams, onChange }: OwnersProps) {
  const { t } = useTranslation()
  const { role } = useMe()
  const [inviting, setInviting] = useState(false)
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('imports.owners')}
      </Text>
      <Text size="xs" c="dimmed" mb={6}>
        {t('imports.owners-text')}
      </Text>
      <Table w="auto" withRowBorders={false} verticalSpacing={3}>
        <Table.Tbody>
          {one.owners.map((owner) => (
            <Table.Tr key={owner.name}>
              <Table.Td>{owner.name}</Table.Td>
              <Table.Td>
                <Text size="xs" c="dimmed">
                  {t('imports.rows-count', { count: owner.rows })}
                </Text>
              </Table.Td>
              <Table.Td>
                <Select
                  size="xs"
                  w={240}
                  searchable
                  clearable
                  aria-label={owner.name}
                  placeholder={t('imports.owner-default')}
                  data={people}
                  value={owner.userId}
                  onChange={(userId) => onChange({ owners: { [owner.name]: userId } })}
                />
              </Table.Td>
              <Table.Td>
                {owner.userId === null && role === 'head' && (
                  <Button size="compact-xs" variant="subtle" onClick={() => setInviting(true)}>
                    {t('imports.invite')}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {inviting && <InviteDialog teams={teams} onClose={() => setInviting(false)} />}
    </div>
  )
}
