import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

/** Features by the folder of their words, which is the first name of their keys. */
const groups = globSync('src/features/*/web/words.ru.ts').map((file) => file.split('/')[2]!)

interface Source {
  imports: string[]
  /** Parts downloaded when they are opened, with the groups of words `withWords` brings along. */
  parts: { file: string; words: string[] }[]
  /** Groups of the keys that stand in it; a key of an object is no word. */
  says: string[]
}

const sources = new Map<string, Source>()

function sourceOf(file: string): Source {
  const known = sources.get(file)
  if (known) return known
  const text = readFileSync(file, 'utf8')
  const path = (name: string) =>
    name.startsWith('#') ? name.replace('#', 'src/') : join(dirname(file), name)
  const isOurs = (name: string) => /^[#.].*\.tsx?$/.test(name)
  const source = {
    imports: [...text.matchAll(/^(?:import|export)(?! type)[^'"]*?from '([^']+)'/gm)]
      .map(([, name]) => name!)
      .filter(isOurs)
      .map(path),
    parts: [...text.matchAll(/(?:withWords\(\s*\[([^\]]*)\],\s*)?import\('([^']+)'\)/g)]
      .filter(([, , name]) => isOurs(name!))
      .map(([, words = '', name]) => ({
        file: path(name!),
        words: [...words.matchAll(/'([\w-]+)'/g)].map(([, group]) => group!),
      })),
    says: [...text.matchAll(/'([\w-]+)\.[\w.-]+'(?!:)|`([\w-]+)\.[\w$]/g)]
      .map(([, plain, pieced]) => (plain ?? pieced)!)
      .filter((group) => groups.includes(group) && !file.startsWith('src/shared/')),
  }
  sources.set(file, source)
  return source
}

/** A file and all it imports at once. */
function together(file: string, found = new Set<string>()): Set<string> {
  if (!found.has(file)) {
    found.add(file)
    for (const other of sourceOf(file).imports) together(other, found)
  }
  return found
}

test('a screen brings every word it says, and so does each part that is opened in it', () => {
  const missing = new Set<string>()
  const seen = new Set<string>()
  const visit = (file: string, brought: string[], from: string) => {
    const visited = `${file} ${brought.join(' ')}`
    if (seen.has(visited)) return
    seen.add(visited)
    for (const inside of together(file)) {
      const source = sourceOf(inside)
      for (const group of source.says)
        if (!brought.includes(group)) missing.add(`${from}: '${group}', said in ${inside}`)
      for (const part of source.parts)
        visit(part.file, [...new Set([...brought, ...part.words])].toSorted(), `${inside} → ${part.file}`)
    }
  }
  visit('src/app/web.tsx', [], 'src/app/web.tsx')
  expect([...missing].toSorted()).toEqual([])
  // Fewer would mean that nothing was looked at.
  expect(seen.size).toBeGreaterThan(40)
})
