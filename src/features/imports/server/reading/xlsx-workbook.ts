import { lookOfBuiltIn, lookOfFormat, type NumberLook, PLAIN } from './cell-text.ts'
import { Refusal } from './refusal.ts'
import type { Sheet } from './table.ts'
import { decodeEntities } from './xml-scanner.ts'
import { foldPath, type Zip } from './zip.ts'

export interface Workbook {
  sheets: (Sheet & { path: string })[]
  stringsPath: string | null
  looks: NumberLook[]
  from1904: boolean
}

/** Reads the small parts of an xlsx: which sheets there are, where their parts lie, how styles show numbers. */
export async function readWorkbookParts(zip: Zip): Promise<Workbook> {
  const path = await workbookPath(zip)
  const xml = withoutDoctype(await zip.text(path))
  const relations = await readRelations(zip, path)
  const sheets = elements(xml, 'sheet').flatMap(({ attributes }) => {
    const relation = relations.get(attributes['id'] ?? '')
    if (!relation || !relation.type.endsWith('/worksheet') || !zip.has(relation.path)) return []
    const hidden = /hidden/i.test(attributes['state'] ?? '')
    return [{ name: attributes['name'] ?? '', hidden, path: relation.path }]
  })
  const partOf = (kind: string) => [...relations.values()].find((one) => one.type.endsWith(`/${kind}`))?.path
  const properties = elements(xml, 'workbookPr')[0]?.attributes ?? {}
  return {
    sheets,
    stringsPath: partOf('sharedStrings') ?? null,
    looks: await readLooks(zip, partOf('styles')),
    from1904: /^(1|true|on)$/i.test(properties['date1904'] ?? ''),
  }
}

async function workbookPath(zip: Zip): Promise<string> {
  const roots = await readRelations(zip, '')
  const main = [...roots.values()].find((one) => one.type.endsWith('/officeDocument'))
  if (main && zip.has(main.path)) return main.path
  if (zip.has('xl/workbook.xml')) return 'xl/workbook.xml'
  throw new Refusal('file.damaged', 'no workbook inside')
}

interface Relation {
  type: string
  path: string
}

async function readRelations(zip: Zip, part: string): Promise<Map<string, Relation>> {
  const folder = part.includes('/') ? part.slice(0, part.lastIndexOf('/') + 1) : ''
  const xml = withoutDoctype(await zip.text(`${folder}_rels/${part.slice(folder.length)}.rels`))
  const relations = new Map<string, Relation>()
  for (const { attributes } of elements(xml, 'Relationship')) {
    const { Id, Type, Target } = attributes
    if (attributes['TargetMode'] === 'External' || !Id || !Type || !Target) continue
    relations.set(Id, { type: Type, path: resolveTarget(folder, Target) })
  }
  return relations
}

/** `worksheets/sheet1.xml`, `/xl/worksheets/sheet1.xml` and `../xl/…` all occur. */
function resolveTarget(folder: string, target: string): string {
  const whole = /^[\\/]/.test(target) ? target : folder + target
  const parts: string[] = []
  for (const part of foldPath(whole).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

async function readLooks(zip: Zip, path: string | undefined): Promise<NumberLook[]> {
  if (!path || !zip.has(path)) return []
  const xml = withoutDoctype(await zip.text(path))
  const formats = new Map<string, NumberLook>()
  for (const { attributes } of elements(xml, 'numFmt')) {
    formats.set(attributes['numFmtId'] ?? '', lookOfFormat(attributes['formatCode'] ?? ''))
  }
  const cellFormats = /<(?:[\w.-]+:)?cellXfs[\s>][\s\S]*?<\/(?:[\w.-]+:)?cellXfs>/.exec(xml)?.[0] ?? ''
  return elements(cellFormats, 'xf').map(({ attributes }) => {
    const id = attributes['numFmtId'] ?? '0'
    return formats.get(id) ?? (id === '0' ? PLAIN : lookOfBuiltIn(Number(id)))
  })
}

/** Every element of that local name, with its attributes by local name; enough for flat parts. */
function elements(xml: string, name: string): { attributes: Record<string, string> }[] {
  const tags = xml.matchAll(new RegExp(`<(?:[\\w.-]+:)?${name}(\\s(?:[^"'>]|"[^"]*"|'[^']*')*)?/?>`, 'g'))
  return Array.from(tags, ([, text]) => ({ attributes: attributesOf(text ?? '') }))
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, key, double, single] of text.matchAll(
    /(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g,
  )) {
    found[key!] = decodeEntities(double ?? single ?? '')
  }
  return found
}

function withoutDoctype(xml: string): string {
  return xml.replace(/<!DOCTYPE[^[>]*(\[[\s\S]*?\]\s*)?>/, '').replace(/<!--[\s\S]*?-->/g, '')
}
