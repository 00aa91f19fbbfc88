import { expect, it } from 'vitest';
import { systemRandom } from './platform.ts';

it('ids are sortable by time, lower-case, and never end in 3', () => {
  const random = systemRandom();
  const startMs = Date.UTC(2026, 0, 1);
  const ids = Array.from({ length: 5_000 }, (_, i) => random.taskId(startMs + Math.floor(i / 10)));
  expect([...ids].sort()).toEqual(ids);
  expect(ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual(
    [],
  );
  expect(ids.filter((id) => id.endsWith('3'))).toEqual([]);
});

it('tokens have at least 96 bits and are never the same', () => {
  const random = systemRandom();
  const tokens = Array.from({ length: 1_000 }, () => random.token());
  expect(new Set(tokens).size).toBe(1_000);
  expect(tokens.every((token) => /^[A-Za-z0-9_-]{16,}$/.test(token))).toBe(true);
});
