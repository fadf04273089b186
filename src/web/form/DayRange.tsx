import { DateInput } from './dates.tsx'

interface DayRangeProps {
  from: string | undefined
  to: string | undefined
  /** What the two are called. */
  labels: { from: string; to: string }
  onChange: (changed: { from?: string | undefined; to?: string | undefined }) => void
}

/** Days a list is narrowed to, `YYYY-MM-DD`; either may be open. */
export function DayRange({ from, to, labels, onChange }: DayRangeProps) {
  const common = { valueFormat: 'DD.MM.YYYY', clearable: true, w: 140 }
  return (
    <>
      <DateInput
        {...common}
        aria-label={labels.from}
        placeholder={labels.from}
        maxDate={to}
        value={from ?? null}
        onChange={(day) => onChange({ from: day ?? undefined })}
      />
      <DateInput
        {...common}
        aria-label={labels.to}
        placeholder={labels.to}
        minDate={from}
        value={to ?? null}
        onChange={(day) => onChange({ to: day ?? undefined })}
      />
    </>
  )
}
