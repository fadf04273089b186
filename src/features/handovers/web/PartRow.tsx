import { ActionIcon, Button, NumberInput, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { FilterBar } from '#features/clients/web/FilterBar.tsx'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ClientsByHand } from './ClientsByHand.tsx'
import type { Part } from './handover-view.ts'
import classes from './handovers.module.css'

interface PartRowProps {
  part: Part
  /** Whose clients. */
  from: string
  people: { id: string; name: string }[]
  dictionaries: Dictionaries
  portion: { clients: number; shared: number; plan: number } | undefined
  onChange: (part: Part) => void
  onRemove: (() => void) | undefined
}

/** One successor: which of the clients he gets, and how many that is. */
export function PartRow({ part, from, people, dictionaries, portion, onChange, onRemove }: PartRowProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.part}>
      <Select
        aria-label={t('handovers.successor')}
        placeholder={t('handovers.successor')}
        searchable
        value={part.to ?? null}
        data={people.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(to) => onChange({ ...part, to: to ?? undefined })}
      />
      <div className={classes.partFilter}>
        {part.ids ? (
          <ClientsByHand from={from} ids={part.ids} onChange={(ids) => onChange({ to: part.to, ids })} />
        ) : (
          <FilterBar
            conditions={part.where ?? []}
            dictionaries={dictionaries}
            onChange={(where) => onChange({ ...part, where: where.length > 0 ? where : undefined })}
          />
        )}
        {!part.where && (
          <Button
            variant="subtle"
            size="compact-md"
            fw={400}
            title={part.ids ? undefined : t('handovers.by-hand-why')}
            onClick={() => onChange({ to: part.to, ids: part.ids ? undefined : [] })}
          >
            {t(part.ids ? 'handovers.by-filter' : 'handovers.by-hand')}
          </Button>
        )}
      </div>
      {part.ids ? (
        <span />
      ) : (
        <NumberInput
          aria-label={t('handovers.percent')}
          title={t('handovers.percent')}
          suffix=" %"
          w={84}
          min={1}
          max={100}
          decimalScale={0}
          value={Math.round(part.percent ?? 100)}
          onChange={(percent) =>
            onChange({ ...part, percent: typeof percent === 'number' && percent < 100 ? percent : undefined })
          }
        />
      )}
      <span className={classes.portion}>
        {portion &&
          t('handovers.portion', {
            clients: formatNumber(portion.clients + portion.shared),
            plan: formatNumber(portion.plan),
          })}
      </span>
      <ActionIcon
        aria-label={t('handovers.remove')}
        disabled={!onRemove}
        variant="subtle"
        color="gray"
        onClick={onRemove}
      >
        <IconTrash size={16} />
      </ActionIcon>
    </div>
  )
}
