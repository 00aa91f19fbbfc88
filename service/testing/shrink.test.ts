import { describe, expect, test } from 'vitest';
import { FAULTS } from './coverage.ts';
import { argumentsOf, eventsOf, MOST_EVENTS, reductionOf, smallestPart } from './shrink.ts';
import type { SeedReport } from './simulate.ts';

const NUMBERS = Array.from({ length: 60 }, (_, i) => i);

describe('the smallest part that still breaks', () => {
  test.each([[[]], [[0]], [[59]], [[7, 8]], [[3, 30, 57]]])('is found: %j', async (needed) => {
    let tries = 0;
    const part = await smallestPart(NUMBERS, (kept) => {
      tries += 1;
      return Promise.resolve(needed.every((number) => kept.includes(number)));
    });
    expect(part).toEqual(needed);
    expect(tries).toBeLessThan(100);
  });

  test('is everything where nothing smaller breaks', async () => {
    expect(await smallestPart([1, 2, 3], (part) => Promise.resolve(part.length === 3))).toEqual([1, 2, 3]);
  });
});

describe('the arguments that play a reduction again', () => {
  test.each([
    [{}, '--seed 17'],
    [
      { tasks: new Set([3, 9]), faults: new Set(['crash-process'] as const) },
      '--seed 17 --tasks 3,9 --faults crash-process',
    ],
    [{ tasks: new Set<number>(), faults: new Set<never>() }, '--seed 17 --tasks none --faults none'],
  ])('%j are %s, and mean the same', (reduction, line) => {
    const [, , ...rest] = argumentsOf(17, reduction);
    expect(argumentsOf(17, reduction).join(' ')).toBe(line);
    const valueOf = (flag: string) => (rest.includes(flag) ? rest[rest.indexOf(flag) + 1] : undefined);
    expect(reductionOf({ tasks: valueOf('--tasks'), faults: valueOf('--faults') }, FAULTS)).toEqual(reduction);
  });

  test.each([{ tasks: '3,x' }, { tasks: '' }, { faults: 'rain' }])('are refused with a sentence: %j', (values) => {
    expect(() => reductionOf(values, FAULTS)).toThrow(/^--(tasks|faults) takes/);
  });
});

describe('the events of a violation', () => {
  const reportOf = (history: string[], taskId = 't1-fine') =>
    ({ history, violations: [{ invariant: 'S4', taskId, what: '' }] }) as unknown as SeedReport;

  test('are those of its task and of the processes that touched it', () => {
    const ours = [
      '1 worker-1 claim alpha/t1-fine queued>running f1 v2',
      '3 worker-1 crash',
      '4 operator got cancel of alpha/t1-fine',
    ];
    const others = ['2 worker-2 crash', '5 worker-1 claim alpha/t1-fine-b queued>running f1 v2'];
    expect(eventsOf(reportOf([ours[0]!, others[0]!, ours[1]!, ours[2]!, others[1]!]))).toEqual(ours);
  });

  test('are never many: of a long story the beginning and the end', () => {
    const history = Array.from({ length: 500 }, (_, i) => `${i} worker-1 heartbeat alpha/t1-fine running>running`);
    const events = eventsOf(reportOf(history));
    expect(events).toHaveLength(MOST_EVENTS);
    expect([events[0], events.at(-1)]).toEqual([history[0], history.at(-1)]);
  });
});
