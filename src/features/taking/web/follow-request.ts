import { notifications } from '@mantine/notifications'
import { type ExportRequest, getExportRequest } from '#features/taking/contract.ts'
import { call } from '#web/api.ts'
import { t } from '#web/i18n/translation.ts'
import { noticeFrame, notifyDone, notifyWith } from '#web/layout/notify.tsx'

export type TakeAway = (work: () => Promise<unknown>) => Promise<void>

const restMs = 3_000

/** Waits for the head's answer as long as the page is open, and tells it; what he allowed is one click away. */
export function followRequest({ id }: ExportRequest, again: () => Promise<void>) {
  notifyDone(t('taking.asked'))
  const look = async () => {
    const request = await call(getExportRequest, { id }).catch(() => undefined)
    if (request?.state === 'refused') {
      notifications.show({
        ...noticeFrame(),
        color: 'red',
        autoClose: false,
        message: request.answer
          ? t('taking.refused-because', { answer: request.answer })
          : t('taking.refused'),
      })
    } else if (request?.state === 'approved') {
      notifyWith(t('taking.approved'), t('taking.take'), () => void again(), { stays: true })
    } else if (request === undefined || request.state === 'asked') setTimeout(() => void look(), restMs)
  }
  setTimeout(() => void look(), restMs)
}
