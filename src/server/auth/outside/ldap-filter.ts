/** RFC 4515: what a person typed becomes a value and nothing else, whatever it holds. */
export const escapeFilterValue = (text: string) =>
  text.replaceAll(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)

/** Puts values into the operator's filter: `(uid={login})`. */
export const fillFilter = (filter: string, values: Record<string, string>) =>
  filter.replaceAll(/\{(\w+)\}/g, (place, name: string) =>
    name in values ? escapeFilterValue(values[name]!) : place,
  )

/** The operator's filter for everybody it may find. */
export const openFilter = (filter: string) => filter.replaceAll(/\{\w+\}/g, '*')
