import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { copyText } from '#web/layout/CopyField.tsx'
import classes from './sign-ins.module.css'

/** Ten codes to keep, this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => unknown }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const download = () => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([`${codes.join('\r\n')}\r\n`], { type: 'text/plain' }))
    link.download = t('sign-ins.codes-file')
    link.click()
    URL.revokeObjectURL(link.href)
  }
  return (
    <Stack>
      <Title order={3}>{t('sign-ins.codes-title')}</Title>
      <Text size="sm">{t('sign-ins.codes-why')}</Text>
      <SimpleGrid
        cols={2}
        spacing="xs"
        component="ul"
        className={classes.codes!}
        aria-label={t('sign-ins.codes-title')}
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </SimpleGrid>
      <Group gap="xs">
        <Button variant="default" onClick={() => void copyText(codes.join('\n')).then(setCopied)}>
          {t(copied ? 'sign-ins.codes-copied' : 'sign-ins.codes-copy')}
        </Button>
        <Button variant="default" onClick={download}>
          {t('sign-ins.codes-download')}
        </Button>
      </Group>
      <Group>
        <Button onClick={() => void onDone()}>{t('sign-ins.codes-done')}</Button>
      </Group>
    </Stack>
  )
}
