import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['api/**/*.test.ts', 'service/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.slow.test.ts'],
    maxWorkers: 2,
  },
});
