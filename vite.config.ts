import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// Vite takes a default export only.
// oxlint-disable-next-line import/no-default-export
export default defineConfig(({ command }) => {
  // Tests build the screens too, and their NODE_ENV=test would bring the slow, talkative React.
  if (command === 'build') process.env.NODE_ENV = 'production'
  return {
    plugins: [react()],
    // The server's content security policy forbids making code out of text; zod would try while a schema is built.
    define: { 'globalThis.__zod_globalConfig': '{"jitless":true}' },
    resolve: {
      alias: {
        'glide-overlay-editor':
          '/node_modules/@glideapps/glide-data-grid/dist/esm/internal/data-grid-overlay-editor/data-grid-overlay-editor.js',
      },
    },
    build: {
      outDir: 'dist/web',
      target: 'es2022',
      // A picture inlined as data: would need a hole in the content security policy.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 700,
    },
    server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
  }
})
