import { configDefaults, defineConfig } from 'vitest/config';

const SLOW = '**/*.slow.test.ts';

export default defineConfig({
  test: {
    maxWorkers: 2,
    // For a hanging test only: what compiles or waits for processes takes its time on a busy machine.
    testTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['api/**/*.test.ts', 'service/**/*.test.ts'],
          exclude: [...configDefaults.exclude, SLOW],
        },
      },
      {
        // Real processes that are killed: one file at a time, or they would starve each other.
        extends: true,
        test: { name: 'slow', include: [`{api,service}/${SLOW}`], fileParallelism: false },
      },
    ],
  },
});
