import { expect, it } from 'vitest';
import { packageStage } from './stages.mjs';

it.each([['--stage', 'Prod'], ['--stage=Prod'], ['-s', 'Prod'], ['-s=Prod'], ['-s', 'a'.repeat(25)]])(
  '%s %s is no stage: it would be one that nothing protects, or that AWS refuses',
  async (...args) => {
    await expect(packageStage(args, {})).rejects.toThrow('--stage dev');
  },
);
