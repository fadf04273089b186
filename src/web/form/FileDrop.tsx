import { useRef, useState, type DragEvent, type ReactNode } from 'react'
import classes from './FileDrop.module.css'

interface FileDropProps {
  onFiles: (files: File[]) => void
  /** As of an `<input type="file">`: `.xlsx,.csv`. */
  accept?: string
  multiple?: boolean
  /** What to say and show inside. */
  children: ReactNode
}

/** A place to drop files on, or to press and choose them; works by keyboard too. */
export function FileDrop({ onFiles, accept, multiple = true, children }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const take = (list: FileList | null) => {
    const files = [...(list ?? [])]
    if (files.length > 0) onFiles(multiple ? files : files.slice(0, 1))
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <button
      type="button"
      className={classes.drop}
      data-over={isOver || undefined}
      onClick={() => input.current?.click()}
      onDragOver={(event) => (event.preventDefault(), setOver(true))}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {children}
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onClick={(event) => event.stopPropagation()}
        onChange={({ currentTarget }) => {
          take(currentTarget.files)
          // The same file chosen again must be told again.
          currentTarget.value = ''
        }}
      />
    </button>
  )
}
