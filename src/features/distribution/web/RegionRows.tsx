import { ActionIcon, Autocomplete, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import type { Distribution } from '#features/distribution/contract.ts'
import { useTranslation } from '#web/i18n/translation.ts'

interface RegionRowsProps {
  regions: Distribution['regions']
  people: { id: string; name: string }[]
  onChange: (regions: Distribution['regions']) => void
}

/** Who has which region: a row for each. */
export function RegionRows({ regions, people, onChange }: RegionRowsProps) {
  const { t } = useTranslation()
  const { choicesOf } = useDictionaries()
  const set = (at: number, fields: Partial<Distribution['regions'][number]>) =>
    onChange(regions.with(at, { ...regions[at]!, ...fields }))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('distribution.regions')}
      </Text>
      {regions.map((row, at) => (
        <Group key={at} wrap="nowrap" gap="xs">
          <Autocomplete
            aria-label={t('distribution.region')}
            placeholder={t('distribution.region')}
            flex={1}
            miw={0}
            value={row.region}
            data={choicesOf('region')}
            onChange={(region) => set(at, { region })}
          />
          <Select
            aria-label={t('distribution.person')}
            placeholder={t('distribution.person')}
            searchable
            flex={1}
            miw={0}
            value={row.userId || null}
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(userId) => set(at, { userId: userId ?? '' })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('distribution.remove-region')}
            onClick={() => onChange(regions.toSpliced(at, 1))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...regions, { region: '', userId: '' }])}
        >
          {t('distribution.add-region')}
        </Button>
      </div>
    </Stack>
  )
}
