import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// Vite takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ command }) => {
  // Tests build the screens too, and their NODE_ENV=test would bring the slow, talkative React.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [
      react(),
      mantineStyles(),
      readyCellEditor(),
      withoutGridSearch(),
      withoutJsonSchema(),
      withoutZodWords(),
      smallLodash(),
    ],
    // The server's content security policy forbids making code out of text; zod would try while a schema is built.
    define: { 'globalThis.__zod_globalConfig': '{"jitless":true}' },
    build: {
      outDir: 'dist/web',
      // What each screen brings along, for the test of the first load.
      manifest: true,
      target: 'es2022',
      // A picture inlined as data: would need a hole in the content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      rolldownOptions: {
        output: {
          codeSplitting: { includeDependenciesRecursively: false, groups },
          // Each file names those it needs, and the names of companies of screens are long.
          chunkFileNames: ({ name }) => `assets/${name.startsWith('shared~') ? '' : '[name]-'}[hash].js`,
          assetFileNames: ({ names: [name = ''] }) =>
            `assets/${name.startsWith('shared~') ? '' : '[name]-'}[hash][extname]`,
        },
      },
    },
    server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
  }
})

/**
 * What the frame needs comes in two files; what several screens share, in a file for each company of screens, so that
 * none downloads what another one needs.
 */
const groups = [
  { name: 'vendor', test: /node_modules/, tags: ['$initial' as const] },
  { name: 'frame', test: /src\//, tags: ['$initial' as const] },
  {
    name: 'shared',
    minShareCount: 2,
    entriesAware: true,
    entriesAwareMergeThreshold: 0,
  },
]

/**
 * Built screens download the styles of the components they use, with the code that uses them; the whole sheet would be
 * 35 KB gzip on the first load. In development the sheet stays whole.
 */
function mantineStyles(): Plugin {
  const styles = '@mantine/core/styles'
  const base = ['default-css-variables', 'baseline', 'global']
  return {
    name: 'mantine-styles',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id === `${styles}.layer.css` ? '\0mantine-base' : null),
    load: (id) =>
      id === '\0mantine-base' ? base.map((name) => `import '${styles}/${name}.layer.css'`).join('\n') : null,
    transform(code, id) {
      const component = /@mantine\/core\/esm\/.*\/(\w+)\.module\.mjs$/.exec(id)?.[1]
      return component ? `import '${styles}/${component}.layer.css'\n${code}` : null
    },
  }
}

/**
 * The grid loads its cell editor when the first cell is opened and loses what is typed meanwhile; React holds the late
 * editor back for up to 300 ms more. So it comes with the grid.
 */
function readyCellEditor(): Plugin {
  const lazy = /const DataGridOverlayEditor = React\.lazy\(async \(\) => await import\(("[^"]+")\)\);/
  return {
    name: 'ready-cell-editor',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('glide-data-grid/dist/esm/data-editor/data-editor.js')) return null
      if (!lazy.test(code))
        throw new Error(
          'The grid no longer loads its editor as it did: look whether typing over a cell works',
        )
      return code.replace(lazy, 'import DataGridOverlayEditor from $1;')
    },
  }
}

/** The grid brings a search of its own, with a box in English; we switch it off, since the base is searched by the server. */
function withoutGridSearch(): Plugin {
  const inner = /React\.createElement\(ScrollingDataGrid, \{ prelightCells: searchResults, [^}]*\}\)/
  return {
    name: 'without-grid-search',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('glide-data-grid/dist/esm/internal/data-grid-search/data-grid-search.js')) return null
      const drawn = inner.exec(code)?.[0].replace('prelightCells: searchResults, ', '')
      if (!drawn)
        throw new Error(
          'The grid no longer draws its search as it did: look whether it can still be left out',
        )
      return `import * as React from 'react'
import ScrollingDataGrid from '../scrolling-data-grid/scrolling-data-grid.js'
export default function DataGridSearch(p) { return ${drawn} }`
    },
  }
}

/** JSON Schema is written by the server alone, into openapi.json; zod hangs its writer on every schema: 5 KB gzip. */
function withoutJsonSchema(): Plugin {
  const method = /\bcreate(?:Standard|To)JSONSchemaMethod\(/g
  const processor = /\bprocessors\.\w+Processor\b/g
  return {
    name: 'without-json-schema',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('zod/v4/classic/schemas.js')) return null
      if (!method.test(code) || !processor.test(code))
        throw new Error('zod no longer writes JSON Schema as it did: see whether this plugin can go')
      return `${code.replace(method, 'absentMethod(').replace(processor, 'absent')}
const absentMethod = () => absent
function absent() { throw new Error('JSON Schema is not in the browser') }`
    },
  }
}

/** zod brings its sentences in English; what a schema finds wrong is said in our own words (`issue-words.ts`). */
function withoutZodWords(): Plugin {
  return {
    name: 'without-zod-words',
    apply: 'build',
    transform: (code, id) => {
      if (!id.endsWith('zod/v4/locales/en.js')) return null
      if (!code.includes('localeError'))
        throw new Error('zod no longer says what is wrong as it did: see whether this plugin can go')
      return 'export default () => ({})'
    },
  }
}

/** What the grid asks of lodash the language does itself; lodash brings its deep comparison along, 6 KB gzip. */
function smallLodash(): Plugin {
  const own: Record<string, string> = {
    'lodash/groupBy.js':
      'export default (list, by) => list.reduce((groups, one) => ((groups[by(one)] ??= []).push(one), groups), {})',
    'lodash/has.js': 'export default (object, key) => object != null && Object.hasOwn(object, key)',
    'lodash/uniq.js': 'export default (list) => [...new Set(list)]',
    'lodash/flatten.js': 'export default (list) => list.flat()',
  }
  return {
    name: 'small-lodash',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id) => (id in own ? `\0${id}` : null),
    load: (id) => own[id.slice(1)] ?? null,
  }
}
