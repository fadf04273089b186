/** The lazy chunk of the grid's editor, which its package does not export; vite.config.ts names its file. */
declare module 'glide-overlay-editor'
