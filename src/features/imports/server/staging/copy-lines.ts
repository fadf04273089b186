/** A value of a COPY line in text format. */
export type CopyValue = string | number | boolean | null

const SPECIAL = /[\\\t\n\r]/
const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** One line of COPY … FROM STDIN, without its line break. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = ''
  for (let index = 0; index < values.length; index++) {
    if (index > 0) line += '\t'
    const value = values[index]!
    if (value === null) line += '\\N'
    else if (typeof value === 'string') line += escaped(value)
    else if (typeof value === 'boolean') line += value ? 't' : 'f'
    else line += value
  }
  return line
}

/** The literal of a text[] value, as a value of a line. */
export function arrayLiteral(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

const escaped = (text: string) =>
  SPECIAL.test(text) ? text.replace(/[\\\t\n\r]/g, (sign) => ESCAPES[sign]!) : text
