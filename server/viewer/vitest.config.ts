import { defineConfig } from 'vitest/config';

export default defineConfig({
  // By number: a machine need not know the name "localhost".
  server: { host: '127.0.0.1' },
  test: {
    // Set by tests/run.mjs: the browser tests need a server that runs.
    include: [process.env['RELIEF_BASE'] ? 'tests/browser/*.test.ts' : 'tests/unit/*.test.ts'],
    // A browser without a graphics card draws slowly.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    fileParallelism: !process.env['RELIEF_BASE'],
  },
});
