/** What the server adds to what a person enters, or says in other words. */
const derived = new Set([
  'id',
  'normalized',
  'extension',
  'verdict',
  'reason',
  'personId',
  'checkedAt',
  'checkedBy',
  'gender',
])

/**
 * Whether a value in the base says the same as one that was sent: lists by what a person entered in them, blanks and absent fields alike.
 */
export function isSameValue(base: unknown, sent: unknown): boolean {
  return JSON.stringify(entered(base)) === JSON.stringify(entered(sent))
}

function entered(value: unknown): unknown {
  if (value === undefined || value === '' || value === false) return null
  if (typeof value === 'string') return value.trim()
  if (Array.isArray(value)) return value.map(entered)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
    .filter(([name]) => !derived.has(name))
    .map(([name, field]) => [name, entered(field)] as const)
    .filter(
      ([name, field]) =>
        field !== null && !isPartOfName(value, name) && !(Array.isArray(field) && field.length === 0),
    )
  return fields.toSorted(([a], [b]) => (a < b ? -1 : 1))
}

/** A person's full name and its parts say the same. */
const isPartOfName = (value: object, name: string) =>
  'name' in value && ['lastName', 'firstName', 'middleName'].includes(name)
