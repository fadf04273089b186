import { Table, Text } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import type { Kept } from '#features/changes/contract.ts'
import { formatDateTime, formatRelative } from '#web/format.ts'
import { titleOf } from './say-row.ts'

/** One thing a reversal left as it is: what, who changed it, when. */
export function KeptLine({ kept }: { kept: Kept }) {
  const { t } = useTranslation()
  const say = useSayKept()
  const { what, who } = say(kept)
  return (
    <Text size="xs" c="dimmed">
      {who
        ? t('changes.undo.kept-line', { what, name: who, when: formatRelative(kept.changedAt!) })
        : t('changes.undo.kept-rights', { what })}
    </Text>
  )
}

export function KeptTable({ kept }: { kept: Kept[] }) {
  const { t } = useTranslation()
  const say = useSayKept()
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('changes.undo.kept-intro')}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('changes.undo.kept-what')}</Table.Th>
            <Table.Th>{t('changes.undo.kept-who')}</Table.Th>
            <Table.Th>{t('changes.undo.kept-when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {kept.map((item) => {
            const { what, who } = say(item)
            return (
              <Table.Tr key={`${item.entity} ${item.rowId} ${item.field}`}>
                <Table.Td>{what}</Table.Td>
                <Table.Td>{who ?? t('changes.undo.no-rights')}</Table.Td>
                <Table.Td>{item.changedAt && formatDateTime(item.changedAt)}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </>
  )
}

function useSayKept() {
  const { t, i18n } = useTranslation()
  const { nameOf } = useColleagues()
  const words = { language: i18n.language }
  return ({ entity, field, clientName, changedBy }: Kept) => ({
    what: [
      clientName,
      field === null ? t(`changes.entity.${entity as 'clients'}`) : titleOf(entity, field, words),
    ]
      .filter(Boolean)
      .join(', '),
    who: changedBy && (nameOf(changedBy) ?? t('changes.somebody')),
  })
}
