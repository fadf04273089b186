/** The tags texts are copied with; «ООО <Romashka>» is none. */
const TAG =
  /<\/?(?:a|b|i|u|p|br|hr|div|span|font|strong|em|small|nobr|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|img|html|body)(?:\s[^<>]*)?\/?>/gi
const ENTITIES: Record<string, string> = {
  nbsp: ' ',
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  apos: "'",
}
const ENTITY = /&(nbsp|amp|lt|gt|quot|apos|#39);/gi

/** A cell copied from a page: its tags go, a line break stays one, `&nbsp;` is a blank. Text without markup as it is. */
export function withoutMarkup(text: string): string {
  if (!/[<&]/.test(text)) return text
  return text
    .replace(/<(?:br|\/p|\/div|\/li|\/tr)\s*\/?>/gi, '\n')
    .replace(TAG, '')
    .replace(ENTITY, (_, name: string) => ENTITIES[name.toLowerCase()]!)
}
