import type { HandlerPolicy } from '@holdfast/api/handler';
import { describe, expect, it } from 'vitest';
import { policyOf, versionsOf } from './policy.ts';
import { DEFAULT_POLICY } from '../core/rules.ts';

describe('the policy of a handler', () => {
  it('has a default for every field', () => {
    expect(policyOf({})).toEqual(DEFAULT_POLICY);
    expect(versionsOf({})).toEqual([1]);
  });

  it('may be as generous as the bounds, and never less than a millisecond', () => {
    const backoff = { floorSeconds: 0.0001, baseSeconds: 0.0011, capSeconds: 86_400 };
    const policy = { maxAttempts: 1_000, timeoutSeconds: 86_400, maxAgeSeconds: 315_360_000, backoff };
    expect(policyOf(policy)).toEqual({
      maxAttempts: 1_000,
      timeoutMs: 86_400_000,
      maxAgeMs: 315_360_000_000,
      backoff: { floorMs: 1, baseMs: 2, capMs: 86_400_000 },
    });
  });

  it.each<[HandlerPolicy, string]>([
    [{ maxAgeSeconds: Number.MAX_SAFE_INTEGER }, 'maxAgeSeconds may be at most 315360000, not 9007199254740991.'],
    [{ maxAgeSeconds: Infinity }, 'maxAgeSeconds must be a positive number, not Infinity.'],
    [{ timeoutSeconds: 86_401 }, 'timeoutSeconds may be at most 86400, not 86401.'],
    [{ maxAttempts: 1_001 }, 'maxAttempts may be at most 1000, not 1001.'],
    [{ maxAttempts: 1.5 }, 'maxAttempts must be a positive whole number, not 1.5.'],
    [{ backoff: { floorSeconds: 86_401 } }, 'backoff.floorSeconds may be at most 86400, not 86401.'],
    [{ backoff: { baseSeconds: 1e9 } }, 'backoff.baseSeconds may be at most 86400, not 1000000000.'],
    [{ backoff: { capSeconds: 1e9 } }, 'backoff.capSeconds may be at most 86400, not 1000000000.'],
    [
      { backoff: { floorSeconds: 2, capSeconds: 1 } },
      'backoff.capSeconds must be at least policy.backoff.floorSeconds, which is 2, not 1.',
    ],
  ])('%j is refused in a sentence', (policy, sentence) => {
    expect(() => policyOf(policy)).toThrow(new RangeError(`policy.${sentence}`));
  });

  it.each([[[]], ['1'], [[0]], [[1, 1.5]]])('names its payload versions, and %j are none', (payloadVersions) => {
    expect(() => versionsOf({ payloadVersions: payloadVersions as number[] })).toThrow(RangeError);
  });
});
