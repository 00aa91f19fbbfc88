import { expect, test } from 'vitest';
import type { WitnessRow } from '../audit.ts';
import type { Seen } from './losses.ts';
import { inRooms, isDeadRightly, lossesOf } from './losses.ts';

type Step = 'lost' | 'lost with the server' | 'overran' | 'failed' | 'released' | 'redriven';

const ENDS: Readonly<Record<Step, Pick<WitnessRow, 'becomes' | 'class'>>> = {
  lost: { becomes: 'retrying', class: 'CRASH' },
  'lost with the server': { becomes: 'retrying', class: 'CRASH' },
  overran: { becomes: 'retrying', class: 'TIMEOUT' },
  failed: { becomes: 'retrying', class: 'NETWORK' },
  released: { becomes: 'queued', class: null },
  redriven: { becomes: 'queued', class: null },
};

/** What a witness writes down of a task that goes these ways, one attempt each; its last end is its death. */
function told(steps: readonly Step[]): { story: WitnessRow[]; starts: number[] } {
  const story: WitnessRow[] = [];
  const starts: number[] = [];
  let [fence, failures] = [0, 0];
  const write = (row: Pick<WitnessRow, 'was' | 'becomes' | 'class'>): void => {
    const seq = story.length + 1;
    story.push({ ...{ taskId: 'one', seq, version: seq, atMs: seq, fence, failures }, ...row });
  };
  write({ was: null, becomes: 'queued', class: null });
  for (const [i, step] of steps.entries()) {
    const isLast = i === steps.length - 1 || steps[i + 1] === 'redriven';
    if (step === 'redriven') {
      write({ was: 'dead', ...ENDS[step] });
      continue;
    }
    fence += 1;
    write({ was: 'retrying', becomes: 'running', class: null });
    if (step === 'lost with the server') starts.push(story.length);
    if (step === 'failed') failures += 1;
    write({ was: 'running', ...ENDS[step], ...(isLast && { becomes: 'dead' }) });
  }
  return { story, starts };
}

const times = (count: number, step: Step): Step[] => Array.from({ length: count }, () => step);
const never = () => false;
const seen = (steps: readonly Step[], rooms: Partial<Seen> = {}) => {
  const { story, starts } = told(steps);
  return lossesOf(story, { starts, hadCompany: never, wentOn: never, ...rooms });
};

test.for<readonly [string, readonly Step[], { charged: number; inRow: number }, boolean]>([
  ['once beside others, then three times alone', times(4, 'lost'), { charged: 3, inRow: 4 }, true],
  ['once beside others, then twice alone', times(3, 'lost'), { charged: 2, inRow: 3 }, false],
  ['three times over its time-out', times(3, 'overran'), { charged: 3, inRow: 3 }, true],
  ['once over its time-out, then once alone', ['overran', 'lost'], { charged: 2, inRow: 2 }, false],
  ['nine times with the server', times(9, 'lost with the server'), { charged: 0, inRow: 9 }, false],
  ['ten times with the server', times(10, 'lost with the server'), { charged: 0, inRow: 10 }, true],
  [
    'ten times with the server, and failed in between',
    [...times(5, 'lost with the server'), 'failed', ...times(5, 'lost with the server')],
    { charged: 0, inRow: 5 },
    false,
  ],
  [
    'three times with the server, then three times alone',
    [...times(3, 'lost with the server'), ...times(3, 'lost')],
    { charged: 3, inRow: 6 },
    true,
  ],
  [
    'twice with the server, then three times, of which once beside others',
    [...times(2, 'lost with the server'), ...times(3, 'lost')],
    { charged: 2, inRow: 5 },
    false,
  ],
  ['and released in between', ['lost', 'released', ...times(3, 'lost')], { charged: 3, inRow: 4 }, true],
  ['again after a redrive', [...times(4, 'lost'), 'redriven', 'lost', 'lost'], { charged: 1, inRow: 2 }, false],
])('a task is dead of losses, %s', ([, steps, counts, isRight]) => {
  const losses = seen(steps);
  expect(losses).toMatchObject({ ...counts, isDeadOfThem: true, wrongs: [] });
  expect(isDeadRightly(losses)).toBe(isRight);
});

test('a task that dies of a failure of its own is not dead of losses', () => {
  expect(seen(['lost', 'lost', 'failed'])).toMatchObject({ isDeadOfThem: false, inRow: 0, wrongs: [] });
});

test('a loss that is charged though others were lost with it is told', () => {
  const with2: Partial<Seen> = { hadCompany: (attempt) => attempt === 'one 2' };
  expect(seen(['lost', 'lost'], with2).wrongs).toEqual(['one 2 was charged, and not alone']);
  expect(seen(['lost', 'lost'], { hadCompany: (attempt) => attempt === 'one 1' }).wrongs).toEqual([]);
  expect(seen(['lost', 'overran'], with2).wrongs).toEqual([]);
});

test('a loss whose process goes on is told, unless it was with the server', () => {
  const wentOn = () => true;
  expect(seen(['lost'], { wentOn }).wrongs).toEqual(['one 1 was lost, and its process went on']);
  expect(seen(['lost with the server', 'released', 'failed'], { wentOn }).wrongs).toEqual([]);
});

test('an attempt that is said to have outlived its time-out before that was over is told', () => {
  // It ends a millisecond after its claim.
  expect(seen(['overran'], { timeoutMs: 2 }).wrongs).toEqual(['one 1 had its time-out after 1 ms']);
  expect(seen(['overran'], { timeoutMs: 1 }).wrongs).toEqual([]);
  expect(seen(['lost'], { timeoutMs: 2 }).wrongs).toEqual([]);
});

test('an outcome that could not be written in time may be lost though its process goes on', () => {
  const wentOn = () => true;
  expect(seen(['lost'], { wentOn, untoldAfterMs: 1 }).wrongs).toEqual([]);
  expect(seen(['lost'], { wentOn, untoldAfterMs: 2 }).wrongs).toHaveLength(1);
});

test('a loss that is counted as a failure of its own is told', () => {
  const { story, starts } = told(['lost', 'failed']);
  const charged = story.map((row) => (row.class === 'NETWORK' ? { ...row, class: 'CRASH' } : row));
  const rooms = { hadCompany: never, wentOn: never };
  expect(lossesOf(charged, { starts, ...rooms }).wrongs).toEqual(['one failed of a loss']);
});

test('an attempt had company when another was lost with its process, which goes on when it begins one later', () => {
  const stories = ['one', 'two', 'three'].map((taskId, t) =>
    told(['lost', 'lost']).story.map((row) => ({ ...row, taskId, seq: row.seq + 10 * t })),
  );
  const audit = new Map(stories.map((story) => [story[0]!.taskId, story]));
  const rooms = new Map([...['one 1', 'two 1'].map((each) => [each, 'a'] as const), ['one 2', 'b'], ['three 1', 'c']]);
  const { hadCompany, wentOn } = inRooms(audit, rooms);
  const attempts = ['one 1', 'two 1', 'one 2', 'two 2', 'three 1'];
  expect(attempts.filter(hadCompany)).toEqual(['one 1', 'two 1']);
  const lossSeq = { 'one 1': 3, 'two 1': 13, 'one 2': 5, 'two 2': 15, 'three 1': 23 } as Record<string, number>;
  expect(attempts.filter((attempt) => wentOn(attempt, lossSeq[attempt]!))).toEqual(['one 1']);
});
