import { defineConfig } from 'vite';

export default defineConfig({
  // Relative addresses: the viewer also works below a path of a proxy.
  base: './',
  build: {
    target: 'es2020',
    outDir: process.env['RELIEF_VIEWER_DIST'] ?? 'dist',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // Nothing inlined as data: the content security policy stays strict, and the bytes stay cacheable.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1800,
    rollupOptions: {
      input: { index: 'index.html', docs: 'docs.html', guide: 'src/docs/guide.ts' },
      output: {
        manualChunks: id => (id.includes('maplibre-gl') ? 'maplibre' : undefined),
      },
    },
  },
});
