import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Refusal } from '../../core/refusal.ts';
import type { Failures } from './failures.ts';
import { createFailures } from './failures.ts';

const A = '192.0.2.1';

function given(options: { mostAddresses?: number } = {}) {
  const clock = { nowMs: 1_000_000, monotonicMs: () => clock.nowMs };
  return { clock, failures: createFailures({ clock, ...options }) };
}

/** Seconds to wait; 0: let in. */
function asked(failures: Failures, address = A): number {
  try {
    failures.refuseWhenTooMany(address);
    return 0;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'rate-limited') return error.retryAfterSeconds!;
    throw error;
  }
}

function failTimes(failures: Failures, times: number, address = A): void {
  for (let i = 0; i < times; i += 1) failures.note(address);
}

it('twenty may fail at once, then one every three seconds, and Retry-After is true', () => {
  const { clock, failures } = given();
  failTimes(failures, 19);
  expect(asked(failures)).toBe(0);
  failures.note(A);
  expect(asked(failures)).toBe(3);
  clock.nowMs += 1_001;
  expect(asked(failures)).toBe(2);
  clock.nowMs += 1_998;
  expect(asked(failures)).toBe(1);
  clock.nowMs += 1;
  expect(asked(failures)).toBe(0);
  failures.note(A);
  expect(asked(failures)).toBe(3);
});

it('of another address nobody is slowed down', () => {
  const { failures } = given();
  failTimes(failures, 20);
  expect(asked(failures, '192.0.2.2')).toBe(0);
});

it('however many fail side by side, a minute forgives them all', () => {
  const { clock, failures } = given();
  failTimes(failures, 1_000);
  expect(asked(failures)).toBe(3);
  clock.nowMs += 60_000;
  failTimes(failures, 19);
  expect(asked(failures)).toBe(0);
});

it('under attack by many addresses the one that failed longest ago is forgotten, and no more are kept', () => {
  const { failures } = given({ mostAddresses: 3 });
  for (const address of ['a', 'b', 'c']) failTimes(failures, 20, address);
  failTimes(failures, 1, 'a');
  failTimes(failures, 1, 'd');
  expect(['a', 'b', 'c', 'd'].map((address) => asked(failures, address) > 0)).toEqual([true, false, true, false]);
});

it('whoever asks as often as is allowed fails no more than 20 times and once per 3 s, and no less', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 200 });
  const property = fc.property(pauses, (pausesMs) => {
    const { clock, failures } = given();
    const sinceMs = clock.nowMs;
    let failed = 0;
    for (const pauseMs of pausesMs) {
      clock.nowMs += pauseMs;
      while (asked(failures) === 0) {
        failures.note(A);
        failed += 1;
      }
    }
    const back = Math.floor((clock.nowMs - sinceMs) / 3_000);
    expect(failed).toBeLessThanOrEqual(20 + back);
    // What comes back while the bucket is full is lost.
    expect(failed).toBeGreaterThanOrEqual(20);
    expect(asked(failures)).toBeGreaterThan(0);
  });
  fc.assert(property);
});
