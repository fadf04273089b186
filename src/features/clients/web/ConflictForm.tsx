import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { titleOf, wordsOf } from './conflict-text.ts'
import { useDictionaries } from './use-dictionaries.ts'

/** Fields of a client that two people changed, as the server's 409 tells them. */
export interface Conflict {
  version: number
  current: Record<string, unknown>
  yours: Record<string, unknown>
  /** Null: blank, or for lists unknown. */
  before: Record<string, unknown>
}

export type Whose = 'mine' | 'theirs' | 'before'

/** Asks field by field whose value stays, each of the three in words. */
export function ConflictForm({
  conflict,
  onAnswer,
}: {
  conflict: Conflict
  onAnswer: (choices: Record<string, Whose>) => void
}) {
  const { t, i18n } = useTranslation()
  const dictionaries = useDictionaries()
  const fields = Object.keys(conflict.current)
  const [choices, setChoices] = useState<Record<string, Whose>>({})
  const all = (whose: Whose) => onAnswer(Object.fromEntries(fields.map((field) => [field, whose])))
  const values = { mine: conflict.yours, theirs: conflict.current, before: conflict.before }
  return (
    <Stack>
      <Text size="sm">{t('clients.conflict-text')}</Text>
      {fields.map((field) => (
        <Radio.Group
          key={field}
          label={titleOf(field, i18n.language)}
          value={choices[field] ?? 'theirs'}
          onChange={(whose) => setChoices({ ...choices, [field]: whose as Whose })}
        >
          <Stack gap={6} mt={4}>
            {(['mine', 'theirs', 'before'] as const)
              .filter((whose) => whose !== 'before' || !isUnknown(conflict, field))
              .map((whose) => (
                <Radio
                  key={whose}
                  value={whose}
                  label={t(`clients.conflict-${whose}`)}
                  description={
                    <Text span size="sm" style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>
                      {wordsOf(field, values[whose][field], { language: i18n.language, dictionaries })}
                    </Text>
                  }
                />
              ))}
          </Stack>
        </Radio.Group>
      ))}
      <Group justify="flex-end">
        <Button variant="default" onClick={() => all('theirs')}>
          {t('clients.conflict-all-theirs')}
        </Button>
        <Button variant="default" onClick={() => all('mine')}>
          {t('clients.conflict-all-mine')}
        </Button>
        <Button
          onClick={() =>
            onAnswer(Object.fromEntries(fields.map((field) => [field, choices[field] ?? 'theirs'])))
          }
        >
          {t('clients.conflict-keep')}
        </Button>
      </Group>
    </Stack>
  )
}

/** A list was something before, and the server does not say what. */
const isUnknown = ({ before, current }: Conflict, field: string) =>
  before[field] === null && Array.isArray(current[field])
