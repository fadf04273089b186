/**
 * An identifier of version 7 that sorts by time and is the same for the same row on every machine.
 * @param at milliseconds; @param row which row of the client (0 to 4095); @param number the client's number
 */
export function timeOrderedId(at: number, row: number, number: number): string {
  const time = Math.floor(at).toString(16).padStart(12, '0')
  const tail = number.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${row.toString(16).padStart(3, '0')}-8000-${tail}`
}
