import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { type ClientFile, getFileContent } from '#features/files/contract.ts'
import { urlOf } from '#web/api.ts'
import { FileIcon } from './FileIcon.tsx'
import { FilePreview, isShowable } from './FilePreview.tsx'
import classes from './files.module.css'

/** A file in a line of text: a picture or PDF opens, the rest downloads. */
export function FileChip({ file }: { file: ClientFile }) {
  const [open, setOpen] = useState(false)
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
      <FilePreview file={open ? file : null} onClose={() => setOpen(false)} />
    </>
  )
}
