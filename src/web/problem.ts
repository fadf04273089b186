import { z } from 'zod'
import { exists, t } from '#web/i18n/translation.ts'

const Body = z.object({
  type: z.string().default('about:blank'),
  title: z.string().default(''),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
})

/** A failed call as RFC 9457 describes it; `body` holds the extra members, such as `current` of a 409. */
export class ApiProblem extends Error {
  readonly status: number
  /** The last segment of the problem's type: `version-conflict`. */
  readonly type: string
  readonly title: string
  readonly detail: string | undefined
  readonly errors: { path: string; message: string }[]
  readonly body: Record<string, unknown>

  constructor(status: number, body: unknown) {
    const given = Body.safeParse(body)
    const parsed = given.success ? given.data : Body.parse({})
    super(parsed.detail ?? parsed.title)
    this.status = status
    this.type = parsed.type.split(/[/#:]/).at(-1) ?? ''
    this.title = parsed.title
    this.detail = parsed.detail
    this.errors = parsed.errors
    this.body = (body ?? {}) as Record<string, unknown>
  }
}

/** The problem of an answer that is not a success. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const text = await response.text()
  try {
    return new ApiProblem(response.status, JSON.parse(text))
  } catch {
    return new ApiProblem(response.status, null)
  }
}

/** No answer at all: the server is down or the network is. */
export const unreachable = () => new ApiProblem(0, { type: 'unreachable' })

/** Any thrown thing as a sentence for a person, in his language. */
export function problemOf(error: unknown): { message: string; errors: { path: string; message: string }[] } {
  if (!(error instanceof ApiProblem)) return { message: t('problem.unknown'), errors: [] }
  return { message: sentenceOf(error), errors: error.errors }
}

/** The server answers in the language asked for; what a proxy in between says is not for people. */
function sentenceOf(problem: ApiProblem): string {
  if (problem.detail ?? problem.title) return problem.detail ?? problem.title
  const byStatus = `problem.status.${problem.status}`
  if (exists(byStatus)) return t(byStatus as 'problem.unknown')
  return t('problem.unknown')
}
