import { Skeleton } from '@mantine/core'
import type { DateInputProps, TimePickerProps } from '@mantine/dates'
import { lazy, Suspense } from 'react'

const LazyDate = lazy(async () => ({ default: (await import('./date-fields.tsx')).DateField }))
const LazyTime = lazy(async () => ({ default: (await import('./date-fields.tsx')).TimeField }))

/** A day from a calendar that speaks the person's language; the calendar (25 KB) comes with the first one shown. */
export const DateInput = (props: DateInputProps) => (
  <Suspense fallback={<Skeleton height={32} width={props.w as number} />}>
    <LazyDate {...props} />
  </Suspense>
)

/** A time of day in hours and minutes. */
export const TimePicker = (props: TimePickerProps) => (
  <Suspense fallback={<Skeleton height={32} width={props.w as number} />}>
    <LazyTime {...props} />
  </Suspense>
)
