import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { addFile, largestFile, listFiles } from '#features/files/contract.ts'
import { refresh } from '#web/api.ts'
import { t } from '#web/i18n/translation.ts'
import { ApiProblem, problemOf } from '#web/problem.ts'
import { upload } from '#web/upload.ts'

/** A file on its way up, or one that did not get there. */
export interface Sending {
  key: number
  file: File
  fields: Record<string, string>
  /** From 0 to 1. */
  share: number
  failure: { sentence: string; passing: boolean } | null
  cancel: () => void
}

/** Uploads to a client, several at once; who finished is gone from `sending`, who failed stays with the reason. */
export function useUploads(clientId: string) {
  const queries = useQueryClient()
  const [sending, setSending] = useState<Sending[]>([])
  const nextKey = useRef(1)
  const change = (key: number, changed: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...changed } : one)))
  const dismiss = (key: number) => setSending((all) => all.filter((one) => one.key !== key))

  const add = (files: readonly File[], fields: Record<string, string> = {}) => {
    for (const file of files) void send(file, fields)
  }

  async function send(file: File, fields: Record<string, string>) {
    const key = nextKey.current++
    const abort = new AbortController()
    const failure = refusalOf(file)
    setSending((all) => [...all, { key, file, fields, share: 0, failure, cancel: () => abort.abort() }])
    if (failure) return
    try {
      await upload(
        addFile.path.replace(':id', clientId),
        { ...fields, file },
        { signal: abort.signal, onProgress: (share) => change(key, { share }) },
      )
      await refresh(queries, listFiles)
      dismiss(key)
    } catch (error) {
      if (abort.signal.aborted) dismiss(key)
      else change(key, { failure: failureOf(error) })
    }
  }

  return { sending, add, dismiss }
}

export type Uploads = ReturnType<typeof useUploads>

/** Said before a byte is sent. */
function refusalOf(file: File): Sending['failure'] {
  if (file.size > largestFile) return { sentence: t('files.too-large'), passing: false }
  if (file.size === 0) return { sentence: t('files.empty-file'), passing: false }
  return null
}

/** `passing`: worth another try as it is. */
function failureOf(error: unknown): Sending['failure'] {
  const { message, errors } = problemOf(error)
  const passing = error instanceof ApiProblem && (error.status < 402 || error.status >= 500)
  return { sentence: errors[0]?.message ?? message, passing }
}
