import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// Vite takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ command }) => {
  // Tests build the screens too, and their NODE_ENV=test would bring the slow, talkative React.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [react(), mantineStyles(), readyCellEditor()],
    // The server's content security policy forbids making code out of text; zod would try while a schema is built.
    define: { 'globalThis.__zod_globalConfig': '{"jitless":true}' },
    build: {
      outDir: 'dist/web',
      target: 'es2022',
      // A picture inlined as data: would need a hole in the content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
      rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups } } },
    },
    server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
  }
})

/** What nearly every screen needs comes in a few files instead of eighty; what few need stays with those few. */
const groups = [
  {
    name: 'vendor',
    test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|zod|@floating-ui)\//,
  },
  {
    name: 'kit',
    test: /node_modules\/(@mantine|@tabler|react-remove-scroll|react-transition-group)\//,
    minShareCount: 5,
  },
  { name: 'frame', test: /src\/(web|app|shared)\//, minShareCount: 4 },
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
