import { problemOf } from '#web/problem.ts'

/** What to say of a failed act in one place: what is wrong with its fields, else with the whole. */
export function failureOf(error: unknown): string {
  const { message, errors } = problemOf(error)
  return errors.length > 0 ? errors.map((one) => one.message).join(' ') : message
}
