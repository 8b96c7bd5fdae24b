import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The console is served by the centre itself from `dist`; in development vite stands in front of a running centre. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Everything is a file of our own origin: the content security policy has no `data:` for fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_200,
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.KENG_API ?? 'http://127.0.0.1:8114', changeOrigin: false } },
  },
});
