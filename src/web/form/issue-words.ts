import { z } from 'zod'
import { t } from '#web/i18n/translation.ts'

type Issue = z.core.$ZodRawIssue

/** What a schema finds wrong, said to a person rather than to a programmer. */
export function sayIssue(issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      return saySmall(issue.origin, Number(issue.minimum))
    case 'too_big':
      return issue.origin === 'string'
        ? t('form.too-long', { count: Number(issue.maximum) })
        : t('form.too-big', { limit: String(issue.maximum) })
    case 'invalid_format':
      return issue.format === 'email' ? t('form.not-email') : t('form.bad-format')
    case 'invalid_type':
      return issue.input === undefined || issue.input === null ? t('form.required') : t('form.bad-value')
    case 'invalid_value':
      return t('form.choose')
    default:
      return t('form.bad-value')
  }
}

function saySmall(origin: string, minimum: number): string {
  if (origin === 'string') return minimum <= 1 ? t('form.required') : t('form.too-short', { count: minimum })
  if (origin === 'array') return t('form.choose')
  return t('form.too-small', { limit: minimum })
}
