import { defineConfig } from 'vite';

function chunkOf(id: string): string | undefined {
  // Shared by all packages of the older kind: left to itself it lands in one of them and drags it along.
  if (id.includes('commonjsHelpers')) return 'interop';
  return id.includes('/maplibre-gl/') ? 'maplibre' : undefined;
}

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
      input: { index: 'index.html', report: 'report.html', audit: 'audit-log.html', moderate: 'moderate.html', docs: 'docs.html', guide: 'src/docs/guide.ts' },
      output: {
        manualChunks: chunkOf,
      },
    },
  },
});
