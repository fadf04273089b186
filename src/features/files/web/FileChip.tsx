import { UnstyledButton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { type ClientFile, getFileContent } from '#features/files/contract.ts'
import { urlOf } from '#web/api.ts'
import { useEver } from '#web/use-ever.ts'
import { FileIcon } from './FileIcon.tsx'
import classes from './files.module.css'
import { isShowable } from './is-showable.ts'

const FilePreview = lazy(async () => ({ default: (await import('./FilePreview.tsx')).FilePreview }))

/** A file in a line of text: a picture or PDF opens, the rest downloads. */
export function FileChip({ file }: { file: ClientFile }) {
  const [open, setOpen] = useState(false)
  const everOpened = useEver(open)
  const content = (
    <>
      <FileIcon file={file} size={15} />
      <span className={classes.chipName}>{file.name}</span>
    </>
  )
  if (!isShowable(file)) {
    return (
      <UnstyledButton
        component="a"
        className={classes.chip!}
        href={urlOf(getFileContent, { id: file.id })}
        download={file.name}
      >
        {content}
      </UnstyledButton>
    )
  }
  return (
    <>
      <UnstyledButton className={classes.chip!} onClick={() => setOpen(true)}>
        {content}
      </UnstyledButton>
      <Suspense fallback={null}>
        {everOpened && <FilePreview file={open ? file : null} onClose={() => setOpen(false)} />}
      </Suspense>
    </>
  )
}
