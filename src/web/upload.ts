import { shownLanguage } from '#web/i18n/translation.ts'
import { ApiProblem, unreachable } from './problem.ts'

interface UploadOptions {
  /** Told the share sent, 0 … 1. */
  onProgress?: (share: number) => void
  signal?: AbortSignal
}

/** Sends files and fields as multipart to a path below /api; fields go first, as streaming readers like them. */
export function upload<Answer>(
  path: string,
  parts: Record<string, string | Blob | undefined>,
  { onProgress, signal }: UploadOptions = {},
): Promise<Answer> {
  const body = new FormData()
  const given = Object.entries(parts).filter((part): part is [string, string | Blob] => part[1] !== undefined)
  for (const [name, value] of given.toSorted(
    ([, a], [, b]) => Number(a instanceof Blob) - Number(b instanceof Blob),
  ))
    body.append(name, value)
  // fetch() cannot tell how much of a body has gone.
  const request = new XMLHttpRequest()
  return new Promise((resolve, reject) => {
    request.open('POST', `/api${path}`)
    request.setRequestHeader('accept-language', shownLanguage())
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress?.(total ? loaded / total : 0),
    )
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText)
      if (request.status < 400) resolve(answer as Answer)
      else reject(new ApiProblem(request.status, answer))
    })
    request.addEventListener('error', () => reject(unreachable()))
    signal?.addEventListener('abort', () => (request.abort(), reject(signal.reason)))
    request.send(body)
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
