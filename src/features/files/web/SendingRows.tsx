import { Button, CloseButton, Group, Progress, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './files.module.css'
import type { Sending, Uploads } from './use-uploads.ts'

/** Files on their way up, and those that did not get there with the reason. */
export const SendingRows = ({ uploads }: { uploads: Uploads }) =>
  uploads.sending.map((one) =>
    one.failure ? (
      <Failed key={one.key} sending={one} failure={one.failure} uploads={uploads} />
    ) : (
      <OnTheWay key={one.key} sending={one} />
    ),
  )

function OnTheWay({ sending: { file, share, cancel } }: { sending: Sending }) {
  const { t } = useTranslation()
  const label = t('files.uploading', { name: file.name })
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" truncate flex={1}>
        {label}
      </Text>
      <Progress value={share * 100} w={120} aria-label={label} />
      <CloseButton size="sm" aria-label={t('files.cancel', { name: file.name })} onClick={cancel} />
    </Group>
  )
}

interface FailedProps {
  sending: Sending
  failure: NonNullable<Sending['failure']>
  uploads: Uploads
}

function Failed({ sending: { key, file, fields }, failure, uploads }: FailedProps) {
  const { t } = useTranslation()
  return (
    <Group className={classes.failure!} role="alert" gap="sm" wrap="nowrap">
      <IconAlertTriangle size={17} />
      <Text size="sm" flex={1}>
        {file.name}: {failure.sentence}
      </Text>
      {failure.passing && (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            uploads.dismiss(key)
            uploads.add([file], fields)
          }}
        >
          {t('files.try-again')}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t('files.dismiss')} onClick={() => uploads.dismiss(key)} />
    </Group>
  )
}
