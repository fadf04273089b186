import { Button, Drawer, Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDownload } from '@tabler/icons-react'
import { type ClientFile, getFileContent } from '#features/files/contract.ts'
import { urlOf } from '#web/api.ts'
import { formatBytes } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './files.module.css'
import { isShowable } from './is-showable.ts'

/** A picture or PDF in a drawer; null: closed. */
export function FilePreview({ file, onClose }: { file: ClientFile | null; onClose: () => void }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 760px)')
  return (
    <Drawer
      opened={file !== null}
      onClose={onClose}
      position="right"
      size={narrow ? '100%' : 'min(1000px, 80vw)'}
      title={file && <span className={classes.previewName}>{file.name}</span>}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      classNames={{ content: classes.previewContent!, body: classes.previewBody! }}
    >
      {file && (
        <>
          <Group gap="md">
            <Button
              component="a"
              href={urlOf(getFileContent, { id: file.id })}
              download={file.name}
              variant="default"
              leftSection={<IconDownload size={16} />}
            >
              {t('files.download')}
            </Button>
            <Text size="sm" c="dimmed">
              {formatBytes(file.size)}
            </Text>
          </Group>
          <Content file={file} />
        </>
      )}
    </Drawer>
  )
}

function Content({ file }: { file: ClientFile }) {
  const { t } = useTranslation()
  if (!isShowable(file)) return <Text c="dimmed">{t('files.cannot-show')}</Text>
  const source = urlOf(getFileContent, { id: file.id, inline: true })
  if (file.mediaType === 'application/pdf') {
    return <iframe className={classes.pdf} src={source} title={`${t('files.preview')}: ${file.name}`} />
  }
  return (
    <div className={classes.pictureFrame}>
      <img className={classes.picture} src={source} alt={file.name} />
    </div>
  )
}
