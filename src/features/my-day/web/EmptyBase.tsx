import { Alert, Button, Progress, Stack, Text, Title } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { FileDrop } from '#web/form/FileDrop.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'
import { upload } from '#web/upload.ts'
import classes from './my-day.module.css'

/** The first screen of a person who has no clients yet: his Excel file is one drop away from being the base. */
export function EmptyBase() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [share, setShare] = useState<number | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const send = async (files: File[]) => {
    setFailure(null)
    setShare(0)
    try {
      for (const [index, file] of files.entries()) {
        await upload('/imports', { file }, { onProgress: (part) => setShare((index + part) / files.length) })
      }
      await navigate({ to: '/imports' })
    } catch (error) {
      setFailure(problemOf(error).message)
      setShare(null)
    }
  }
  return (
    <Stack className={classes.empty!} gap="md">
      {share === null ? (
        <FileDrop onFiles={(files) => void send(files)}>
          <IconFileSpreadsheet size={34} stroke={1.4} />
          <Title order={2} component="span">
            {t('my-day.empty-title')}
          </Title>
          <Text size="sm">{t('my-day.empty-text')}</Text>
          <Text size="xs" c="dimmed">
            {t('my-day.empty-kinds')}
          </Text>
        </FileDrop>
      ) : (
        <Progress value={share * 100} animated aria-label={t('my-day.sending')} />
      )}
      {failure && (
        <Alert color="red" variant="light" role="alert">
          {failure}
        </Alert>
      )}
      <Button
        variant="default"
        className={classes.byHand!}
        renderRoot={(props) => <Link to={'/clients' as never} search={{ new: true } as never} {...props} />}
      >
        {t('my-day.empty-by-hand')}
      </Button>
    </Stack>
  )
}
