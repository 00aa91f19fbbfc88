import { describe, expect, test } from 'vitest';
import { FAULTS } from './coverage.ts';
import type { SimulationEvent } from './history.ts';
import { argumentsOf, describeShrunk, MOST_EVENTS, reductionOf, shownOf, shrinkFirst, smallestPart } from './shrink.ts';
import type { SeedReport } from './simulate.ts';
import { playSeed } from './simulate.ts';
import { storyOf } from './story.ts';

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

test('a task alone breaks nothing that all together keep', async () => {
  for (const seed of [0, 1]) {
    const { tasks } = await playSeed(seed);
    for (let i = 0; i < tasks; i += 1) {
      const { violations } = await playSeed(seed, { tasks: new Set([i]), faults: new Set() });
      expect(violations, `seed ${seed}, task ${i}`).toEqual([]);
    }
  }
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

describe('the first violation made small', () => {
  /** Nothing of it can be left out. */
  const reportOf = (seed: number, invariant: string, events: number) =>
    ({
      ...{ seed, tasks: 0, faults: [], violations: [{ invariant, taskId: '', what: '' }] },
      events: Array.from({ length: events }, (_, atMs) => ({ atMs, who: 'worker-1', what: 'crash' })),
    }) as unknown as SeedReport;
  const seedOf = async ([first, ...later]: SeedReport[]) =>
    (await shrinkFirst(first!, (from) => Promise.resolve(later.find(({ seed }) => seed >= from)))).report.seed;

  test.each([
    ['is it, where its story is short', 1, [reportOf(1, 'S4', MOST_EVENTS), reportOf(2, 'S4', 3)]],
    [
      'is a later one, where its story is long',
      6,
      [reportOf(1, 'S4', 90), reportOf(6, 'S4', 20), reportOf(7, 'S4', 3)],
    ],
    ['is none of another invariant', 6, [reportOf(1, 'S4', 90), reportOf(2, 'S9', 3), reportOf(6, 'S4', 20)]],
    ['is the shortest, where all are long', 3, [reportOf(1, 'S4', 90), reportOf(3, 'S4', 60), reportOf(4, 'S4', 70)]],
  ])('%s', async (_, seed, reports) => {
    expect(await seedOf(reports)).toBe(seed);
  });
});

const CLAIM: SimulationEvent = {
  ...{ atMs: 1_000, who: 'worker-1', what: 'claim', tenant: 'alpha', taskId: 't1-fine' },
  ...{ before: 'queued', after: 'running', fence: 1, version: 2 },
};
const BEAT: SimulationEvent = { ...CLAIM, atMs: 2_000, what: 'heartbeat', before: 'running', version: 3 };

describe('the story of a violation', () => {
  const linesOf = (events: SimulationEvent[]) =>
    storyOf({ events, violations: [{ invariant: 'S4', taskId: 't1-fine', what: '' }] }).lines;
  const timesOf = (events: SimulationEvent[]) => linesOf(events).map((line) => line.split(' ')[0]);

  test('is that of its task, of what became next of those that touched it, and of the world', () => {
    const events: SimulationEvent[] = [
      { atMs: 0, who: 'world', what: 'outage' },
      CLAIM,
      { atMs: 2_000, who: 'worker-2', what: 'crash' },
      { atMs: 3_000, who: 'worker-1', what: 'crash' },
      { atMs: 3_500, who: 'worker-1', what: 'crash' },
      { ...CLAIM, atMs: 4_000, taskId: 't1-fine-b' },
      { ...CLAIM, atMs: 5_000, who: 'operator', what: 'cancel-asked' },
    ];
    expect(timesOf(events)).toEqual(['0.000s', '1.000s', '3.000s', '5.000s']);
  });

  test('tells in one line what is repeated and changes nothing, and how often', () => {
    const beats = [BEAT, { ...BEAT, atMs: 3_000, version: 4 }, { ...BEAT, atMs: 4_000, who: 'worker-2', version: 5 }];
    const story = storyOf({ events: [CLAIM, ...beats], violations: [] });
    expect([story.lines.length, story.events]).toEqual([2, 4]);
    expect(story.lines[1]).toMatch(/^2\.000s worker-1 heartbeat .* … 3 times by worker-1, worker-2 until 4\.000s$/);
  });

  test.each([
    ['a change', [CLAIM, { ...CLAIM, version: 3 }]],
    ['another due', [BEAT, { ...BEAT, dueMs: 9_000 }]],
    ['another attempt', [BEAT, { ...BEAT, fence: 2 }]],
    ['what something came between', [BEAT, { ...BEAT, what: 'recheck' }, BEAT]],
    ['an outage', [CLAIM, { atMs: 2, who: 'world', what: 'outage' }, { atMs: 3, who: 'world', what: 'outage' }]],
  ])('tells %s each time', (_, events) => {
    expect(linesOf(events)).toHaveLength(events.length);
  });

  test('is shown in part when it is long: the beginning and the end', () => {
    const lines = Array.from({ length: 500 }, (_, i) => `${i}`);
    const shown = shownOf(lines);
    expect(shown).toHaveLength(MOST_EVENTS);
    expect([shown[0], shown[15], shown.at(-1)]).toEqual(['0', '… 451 more …', '499']);
  });

  test('says how many events it has, not how many are shown', () => {
    const events = Array.from({ length: 90 }, (_, i) => ({ ...CLAIM, atMs: i }));
    const report = { seed: 7, tasks: 3, events, violations: [{ invariant: 'S4', taskId: 't1-fine', what: 'w' }] };
    const text = describeShrunk({ report: report as unknown as SeedReport, reduction: {}, replays: 5 });
    expect(text).toContain('\n  90 events of 3 tasks, found in 5 runs\n');
    expect(text.split('\n')).toHaveLength(3 + MOST_EVENTS);
  });
});
