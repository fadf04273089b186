import '@mantine/dates/styles.layer.css'
import 'dayjs/locale/ru'
import {
  DateInput,
  type DateInputProps,
  DatesProvider,
  TimePicker,
  type TimePickerProps,
} from '@mantine/dates'
import { useTranslation } from '#web/i18n/translation.ts'

/** `DateInput` of the library in the language of the page. */
export function DateField(props: DateInputProps) {
  const { i18n } = useTranslation()
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1 }}>
      <DateInput {...props} />
    </DatesProvider>
  )
}

export const TimeField = (props: TimePickerProps) => <TimePicker {...props} />
