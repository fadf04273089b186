import {
  Alert,
  Button,
  Group,
  Modal,
  MultiSelect,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { dayAfter, todayIn } from '#features/activities/when.ts'
import type { Condition } from '#features/clients/filter.ts'
import { FilterBar } from '#features/clients/web/FilterBar.tsx'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import type { User } from '#features/people/contract.ts'
import { listSubstitutions, setSubstitution } from '#features/substitutions/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { DateInput } from '#web/form/dates.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { momentsOf } from './days.ts'

/** Who is away, who stands in, from when to when: three fields and a button. */
export function SubstitutionDialog({ people, onClose }: { people: User[]; onClose: () => void }) {
  const { t } = useTranslation()
  const { company } = useMe()
  const dictionaries = useDictionaries()
  const today = todayIn(company.timeZone)
  const [absentId, setAbsent] = useState<string | null>(null)
  const [deputyIds, setDeputies] = useState<string[]>([])
  const [days, setDays] = useState({ first: today, last: dayAfter(today, 6) })
  const [mode, setMode] = useState<'full' | 'read'>('full')
  const [where, setWhere] = useState<Condition[]>([])
  const [note, setNote] = useState('')
  const save = useApiMutation(setSubstitution, { refreshes: [listSubstitutions], onSuccess: onClose })
  const able = people.filter(({ active, role }) => active && role !== 'admin')
  const options = (except: (id: string) => boolean) =>
    able.filter(({ id }) => !except(id)).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('substitutions.set')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!absentId) return
          save.mutate({
            absentId,
            deputyIds,
            mode,
            note,
            ...momentsOf(days, company.timeZone),
            filter: where.length > 0 ? { where } : null,
          })
        }}
      >
        <Stack>
          <Select
            label={t('substitutions.absent')}
            searchable
            data-autofocus
            value={absentId}
            data={options((id) => deputyIds.includes(id))}
            onChange={setAbsent}
          />
          <MultiSelect
            label={t('substitutions.deputies')}
            searchable
            value={deputyIds}
            data={options((id) => id === absentId)}
            onChange={setDeputies}
          />
          <Group grow>
            <DateInput
              label={t('substitutions.first')}
              valueFormat="DD.MM.YYYY"
              value={days.first}
              onChange={(first) =>
                first && setDays(({ last }) => ({ first, last: last < first ? first : last }))
              }
            />
            <DateInput
              label={t('substitutions.last')}
              valueFormat="DD.MM.YYYY"
              minDate={days.first}
              value={days.last}
              onChange={(last) => last && setDays(({ first }) => ({ first, last }))}
            />
          </Group>
          <SegmentedControl
            value={mode}
            data={(['full', 'read'] as const).map((value) => ({
              value,
              label: t(`substitutions.mode.${value}`),
            }))}
            onChange={(chosen) => setMode(chosen as 'full' | 'read')}
          />
          <div>
            <Text size="sm" fw={500} mb={4}>
              {t('substitutions.which')}
            </Text>
            <FilterBar conditions={where} dictionaries={dictionaries} onChange={setWhere} />
            <Text size="xs" c="dimmed" mt={4}>
              {t(where.length > 0 ? 'substitutions.which-part' : 'substitutions.which-all')}
            </Text>
          </div>
          <TextInput
            label={t('substitutions.note')}
            value={note}
            maxLength={2000}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
          {absentId && deputyIds.length === 0 && (
            <Alert color="yellow" p="xs">
              {t('substitutions.nobody-warning')}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button type="submit" disabled={!absentId} loading={save.isPending}>
              {t('substitutions.set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
