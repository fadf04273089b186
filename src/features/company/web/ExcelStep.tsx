import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { FileDrop } from '#web/form/FileDrop.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { problemOf } from '#web/problem.ts'
import { upload } from '#web/upload.ts'

/** The first table goes into the base: drop it here, see it recognised on the next screen. */
export function ExcelStep() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [sent, setSent] = useState<number | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const send = async (files: File[]) => {
    setFailure(null)
    setSent(0)
    try {
      const made: { id: string }[] = []
      for (const file of files)
        made.push(await upload<{ id: string }>('/imports', { file }, { onProgress: setSent }))
      const [only, another] = made
      if (only && !another) await navigate({ to: '/imports/$id', params: { id: only.id } })
      else await navigate({ to: '/imports' })
    } catch (error) {
      setFailure(problemOf(error).message)
      setSent(null)
    }
  }
  return (
    <Stack>
      {sent === null ? (
        <FileDrop onFiles={(files) => void send(files)}>
          <IconFileSpreadsheet size={32} stroke={1.4} />
          <Text fw={500}>{t('company.drop')}</Text>
          <Text size="xs" c="dimmed">
            {t('company.drop-kinds')}
          </Text>
        </FileDrop>
      ) : (
        <Progress value={sent * 100} animated aria-label={t('company.sending')} />
      )}
      {failure && (
        <Alert color="red" role="alert">
          {failure}
        </Alert>
      )}
      <Group>
        <Button component={Link} to="/" variant="default">
          {t('company.skip-excel')}
        </Button>
        <Button component={Link} to="/team" variant="subtle">
          {t('company.invite-first')}
        </Button>
      </Group>
    </Stack>
  )
}
