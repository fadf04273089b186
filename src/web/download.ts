import type { Endpoint, InputOf } from '#shared/endpoint.ts'
import { urlOf } from '#web/api.ts'
import { shownLanguage } from '#web/i18n/translation.ts'
import { readProblem, unreachable } from './problem.ts'

/** Saves what an endpoint answers as a file. A refusal is an `ApiProblem`, where a plain link would save it as the file. */
export async function download<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<void> {
  const response = await fetch(urlOf(endpoint, input), {
    headers: { 'accept-language': shownLanguage() },
    credentials: 'same-origin',
  }).catch(() => {
    throw unreachable()
  })
  if (!response.ok) throw await readProblem(response)
  const href = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = href
  link.download = nameIn(response.headers.get('content-disposition'))
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

const nameIn = (disposition: string | null) => /filename="([^"]+)"/.exec(disposition ?? '')?.[1] ?? 'file'
