/** Whether a cell holds a value and not a title: an e-mail, a date, a number with some digits, a site. */
export function looksLikeValue(cell: string): boolean {
  const text = cell.trim()
  if (text === '') return false
  if (/@|:\/\//.test(text)) return true
  const digits = text.replace(/\D/g, '').length
  return digits >= 3 && digits * 2 >= text.length
}
