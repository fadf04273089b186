/** A piece of a letter: a heading, a line of text, or rows of a table. `href` makes a text a link. */
export type Block =
  | { heading: string }
  | { text: string; href?: string; quiet?: boolean }
  | { list: { text: string; note?: string; href?: string }[] }
  | { head: string[]; rows: (string | number)[][] }

/** The same letter twice: as plain text, and as simple HTML that every mail program shows. */
export function compose(blocks: readonly Block[]): { body: string; html: string } {
  return {
    body: `${blocks.map(plain).join('\n\n')}\n`,
    html: `<!doctype html><html><body style="font:14px/1.45 sans-serif;color:#1d2126;max-width:720px">${blocks.map(marked).join('')}</body></html>`,
  }
}

function plain(block: Block): string {
  if ('heading' in block) return block.heading.toUpperCase()
  if ('text' in block) return [block.text, block.href].filter(Boolean).join('\n')
  if ('list' in block)
    return block.list.map(({ text, note }) => `- ${text}${note ? ` (${note})` : ''}`).join('\n')
  const lines = [block.head, ...block.rows.map((row) => row.map(String))]
  const widths = block.head.map((_, at) => Math.max(...lines.map((line) => line[at]!.length)))
  return lines
    .map((line) =>
      line.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
    )
    .join('\n')
}

const cell = 'padding:3px 10px;border-bottom:1px solid #e4e6ea'

function marked(block: Block): string {
  if ('heading' in block) return `<h2 style="font-size:16px;margin:20px 0 6px">${escaped(block.heading)}</h2>`
  if ('text' in block)
    return `<p style="margin:6px 0${block.quiet ? ';color:#5f6671;font-size:12px' : ''}">${linked(block.text, block.href)}</p>`
  if ('list' in block) {
    const items = block.list.map(
      ({ text, note, href }) =>
        `<li>${linked(text, href)}${note ? ` <span style="color:#5f6671">${escaped(note)}</span>` : ''}</li>`,
    )
    return `<ul style="margin:6px 0;padding-left:20px">${items.join('')}</ul>`
  }
  const rowOf = (tag: 'th' | 'td', row: (string | number)[]) =>
    `<tr>${row.map((value, at) => `<${tag} style="${cell};text-align:${at === 0 ? 'left' : 'right'};font-weight:${tag === 'th' ? 600 : 400}">${escaped(String(value))}</${tag}>`).join('')}</tr>`
  return `<table style="border-collapse:collapse;margin:6px 0">${rowOf('th', block.head)}${block.rows.map((row) => rowOf('td', row)).join('')}</table>`
}

const linked = (text: string, href?: string) =>
  href ? `<a href="${escaped(href)}" style="color:#2c5f95">${escaped(text)}</a>` : escaped(text)

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
