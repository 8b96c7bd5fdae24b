import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The page names what `main.tsx` loads next, so that a browser asks for all of it at once instead of finding it file by file.
 */
function preloadScreen(): Plugin {
  return {
    name: 'keng-preload-screen',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) => {
        const chunks = new Map(
          Object.values(bundle ?? {}).flatMap((file) =>
            file.type === 'chunk' ? [[file.fileName, file] as const] : [],
          ),
        );
        const wanted = new Set<string>();
        const want = (name: string): void => {
          if (wanted.has(name)) return;
          wanted.add(name);
          for (const next of chunks.get(name)?.imports ?? []) want(next);
        };
        for (const [name, chunk] of chunks) if (chunk.facadeModuleId?.endsWith('/src/start.tsx')) want(name);
        for (const chunk of chunks.values()) {
          if (!chunk.isEntry) continue;
          // Vite itself names these.
          for (const name of [chunk.fileName, ...chunk.imports]) wanted.delete(name);
        }
        return [...wanted].map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `/${name}` },
          injectTo: 'head',
        }));
      },
    },
  };
}

/** What runs before the screen is there must not wait for it; and two files that wait for each other show nothing at all. */
function earlyStandsAlone(): Plugin {
  return {
    name: 'keng-early-stands-alone',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk' || file.name !== 'early') continue;
        const screen = file.imports.find((name) => /(^|\/)screen-/.test(name));
        if (screen)
          this.error(`early.ts needs something of ${screen}: name what it needs in EARLY (vite.config.ts)`);
      }
    },
  };
}

const EARLY =
  /console\/src\/(early|languages|api\/answer-within|live\/connect-worker|frame\/navigation)\.ts|model\/src\/permissions\.ts|preload-helper/;

/** The console is served by the centre itself from `dist`; in development vite stands in front of a running centre. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), preloadScreen(), earlyStandsAlone()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Everything is a file of our own origin: the content security policy has no `data:` for fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      // Vocabulary without effects: whoever needs one word of it does not wait for all.
      treeshake: { moduleSideEffects: [{ test: /packages\/model\/src\//, sideEffects: false }] },
      output: {
        // Each file is a question to the centre, and a browser asks six at a time: what every screen needs comes in a few.
        codeSplitting: {
          groups: [
            // Runs while the rest is on the way, so nothing of the rest may be in it.
            { name: 'early', test: EARLY, priority: 2, includeDependenciesRecursively: false },
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            {
              name: 'screen',
              test: /console\/src\/(api|components(?!\/date)|session|live|frame|sound|i18n|theme|start|app)/,
            },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: {
    port: 5173,
    proxy: { '/api': { target: process.env.KENG_API ?? 'http://127.0.0.1:8114', changeOrigin: false } },
  },
});
