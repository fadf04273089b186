import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { type ApiProblem, problemOf } from '#web/problem.ts'
import { sayIssue } from './issue-words.ts'

interface ContractFormOptions<Values, Answer> {
  /** What the fields start with; every field of the form must be there. */
  initial: Values
  /** Sends the checked values: `(values) => call(patchCompany, values)`. */
  send: (values: Values) => Promise<Answer>
  onDone?: (answer: Answer, values: Values) => unknown
}

/**
 * A form drawn from a contract: checked by its schema when a field is left and when sent, the server's errors
 * shown below their fields, what belongs to no field in `failure`. Spread `field('name')` into an input.
 */
export function useContractForm<S extends z.ZodObject, Values extends Partial<z.input<S>>, Answer>(
  schema: S,
  { initial, send, onDone }: ContractFormOptions<Values, Answer>,
) {
  const form = useForm<Values>({
    initialValues: initial,
    validateInputOnBlur: true,
    validate: (values) => checked(schema, values),
  })
  const [failure, setFailure] = useState<string | null>(null)
  const sending = useMutation<Answer, ApiProblem, Values>({
    mutationFn: send,
    meta: { errors: 'form' },
    onMutate: () => setFailure(null),
    onError: (error) => {
      const { message, errors } = problemOf(error)
      const known = errors.filter(({ path }) => Object.hasOwn(initial, path.split('.')[0] ?? ''))
      form.setErrors(Object.fromEntries(known.map(({ path, message }) => [path, message])))
      const rest = errors.filter((error) => !known.includes(error))
      if (known.length === 0 || rest.length > 0)
        setFailure([message, ...rest.map(({ message }) => message)].join(' '))
    },
    onSuccess: (answer, values) => onDone?.(answer, values),
  })
  const field = (path: string) => ({ ...form.getInputProps(path), ...constraintsOf(schema, path) })
  const onSubmit = form.onSubmit((values) => sending.mutate(values))
  return { form, field, onSubmit, failure, pending: sending.isPending }
}

/** Errors by path, in the shape of the form library. */
export function checked(schema: z.ZodType, values: unknown): Record<string, string> {
  const result = schema.safeParse(values, { error: sayIssue })
  if (result.success) return {}
  return Object.fromEntries(result.error.issues.map((issue) => [issue.path.join('.'), issue.message]))
}

/** What an input can know from the schema beforehand: whether it must be filled in and how long it may get. */
function constraintsOf(schema: z.ZodType, path: string): { withAsterisk?: boolean; maxLength?: number } {
  const found = path.split('.').reduce<z.ZodType | undefined>((inner, key) => shapeOf(inner)?.[key], schema)
  if (!found) return {}
  const optional =
    found.safeParse(undefined).success || found.safeParse(null).success || found.safeParse('').success
  const { maxLength } = found as { maxLength?: number | null }
  return { withAsterisk: !optional, ...(maxLength ? { maxLength } : {}) }
}

const shapeOf = (schema: z.ZodType | undefined) =>
  (schema as { shape?: Record<string, z.ZodType> } | undefined)?.shape
