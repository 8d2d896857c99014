import { defineConfig } from 'vitest/config';

// A real browser against the real server: one after the other, for the machine may be small.
export default defineConfig({
  test: {
    include: ['tests/browser/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
