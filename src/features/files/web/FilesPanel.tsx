import { ActionIcon, Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { notifyReversible } from '#features/changes/web/notify-reversible.ts'
import { getClient } from '#features/clients/contract.ts'
import { type ClientFile, deleteFile, getFileContent, listFiles } from '#features/files/contract.ts'
import { query, urlOf, useApiMutation } from '#web/api.ts'
import { FileDrop } from '#web/form/FileDrop.tsx'
import { formatBytes, formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { useEver } from '#web/use-ever.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { FileIcon } from './FileIcon.tsx'
import classes from './files.module.css'
import { isShowable } from './is-showable.ts'
import { SendingRows } from './SendingRows.tsx'
import { useUploads } from './use-uploads.ts'

const FilePreview = lazy(async () => ({ default: (await import('./FilePreview.tsx')).FilePreview }))

interface FilesPanelProps {
  clientId: string
  /** Only the files of this contact person; new ones become his. */
  personId?: string
}

/** Files of a client: drop, look, download, delete with a way back. */
export function FilesPanel({ clientId, personId }: FilesPanelProps) {
  const { t } = useTranslation()
  const files = useQuery(query(listFiles, { id: clientId }))
  const uploads = useUploads(clientId)
  // Through another's eyes one only looks.
  const readOnly = useMe().look !== null
  const [shown, setShown] = useState<ClientFile | null>(null)
  const everShown = useEver(shown !== null)
  const add = (chosen: File[]) => uploads.add(chosen, personId ? { personId } : {})
  return (
    <Stack gap="sm">
      {!readOnly && (
        <div className="no-print">
          <FileDrop onFiles={add}>
            <Text size="sm">{t('files.drop')}</Text>
            <Text size="xs" c="dimmed">
              {t('files.drop-hint')}
            </Text>
          </FileDrop>
        </div>
      )}
      <SendingRows uploads={uploads} />
      <Loaded of={files} meanwhile={3}>
        {(all) => {
          const listed = personId ? all.filter((file) => file.personId === personId) : all
          if (listed.length === 0) {
            return (
              <Text size="sm" c="dimmed">
                {t('files.empty-text')}
              </Text>
            )
          }
          return (
            <ul className={classes.list}>
              {listed.map((file) => (
                <FileRow key={file.id} file={file} readOnly={readOnly} onShow={() => setShown(file)} />
              ))}
            </ul>
          )
        }}
      </Loaded>
      <Suspense fallback={null}>
        {everShown && <FilePreview file={shown} onClose={() => setShown(null)} />}
      </Suspense>
    </Stack>
  )
}

function FileRow({ file, readOnly, onShow }: { file: ClientFile; readOnly: boolean; onShow: () => void }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const remove = useDeleteFile(file.name)
  const people = useQuery(query(getClient, { id: file.clientId })).data?.people ?? []
  const person = people.find(({ id }) => id === file.personId)
  const facts = [
    formatBytes(file.size),
    formatDayInWords(file.createdAt),
    file.createdBy && nameOf(file.createdBy),
    person && t('files.of-person', { name: person.name }),
  ]
  const download = urlOf(getFileContent, { id: file.id })
  const face = (
    <>
      {file.mediaType.startsWith('image/') ? (
        <img
          className={classes.thumb}
          src={urlOf(getFileContent, { id: file.id, inline: true })}
          alt=""
          loading="lazy"
        />
      ) : (
        <span className={classes.thumb}>
          <FileIcon file={file} />
        </span>
      )}
      <span className={classes.names}>
        <span className={classes.name}>{file.name}</span>
        <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </>
  )
  return (
    <li className={classes.row}>
      {isShowable(file) ? (
        <UnstyledButton className={classes.face!} onClick={onShow}>
          {face}
        </UnstyledButton>
      ) : (
        <UnstyledButton component="a" className={classes.face!} href={download} download={file.name}>
          {face}
        </UnstyledButton>
      )}
      <Group gap={2} wrap="nowrap" className="no-print">
        <ActionIcon
          component="a"
          href={download}
          download={file.name}
          aria-label={t('files.download-name', { name: file.name })}
        >
          <IconDownload size={17} />
        </ActionIcon>
        {!readOnly && (
          <ActionIcon
            aria-label={t('files.delete-name', { name: file.name })}
            onClick={() => remove.mutate({ id: file.id })}
            loading={remove.isPending}
          >
            <IconTrash size={17} />
          </ActionIcon>
        )}
      </Group>
    </li>
  )
}

function useDeleteFile(name: string) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  return useApiMutation(deleteFile, {
    refreshes: [listFiles],
    onSuccess: ({ changeSetId }) => notifyReversible(queries, t('files.deleted', { name }), changeSetId),
  })
}
