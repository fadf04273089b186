/** A normalized number for a person: `+7 (495) 000-00-01 доб. 12`; foreign ones stay E.164. */
export function formatPhone(normalized: string, extension: string | null = null): string {
  const tail = extension ? ` доб. ${extension}` : ''
  const match = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(normalized)
  if (!match) return normalized + tail
  return `+7 (${match[1]}) ${match[2]}-${match[3]}-${match[4]}${tail}`
}
