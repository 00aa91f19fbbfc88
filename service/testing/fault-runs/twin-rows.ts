/**
 * Rows of the fault matrix on AWS, as the twin plays it: real functions, and proxies before DynamoDB and SQS that do what networks
 * and services do. These strike a share of what is sent; the others are in twin-outages.ts.
 */
import { GivenFaults } from '../twin/given-faults.ts';
import type { Rows } from './row.ts';
import { OUTAGES } from './twin-outages.ts';
import type { TwinRow } from './twin-strikes.ts';
import { losing, Play, rule, SENDS } from './twin-strikes.ts';
import type { Struck } from './twin-verdict.ts';
import { leasesLost, unbegun, verdictOf, wasted } from './twin-verdict.ts';

const USUAL = { manyMs: 60_000, fewMs: 4_000 };
const both = (name: string, fault: Parameters<typeof rule>[1], share: number) => ({
  dynamo: [rule(`${name} of DynamoDB`, fault, { share })],
  sqs: [rule(`${name} of SQS`, fault, { share })],
});
const knowsItsClaims = ({ stage, tasks }: Play): string[] => unbegun(stage, tasks);

const SHARES: readonly TwinRow[] = [
  {
    id: 'F2',
    fault: 'requests dropped, 15 %',
    strike: (play) => play.through(both('drop', { kind: 'drop' }, 0.15), USUAL),
  },
  {
    id: 'F3',
    fault: 'replies lost, 15 %',
    strike: (play) => play.through(both('reply', { kind: 'drop-reply' }, 0.15), USUAL),
    wrongs: knowsItsClaims,
  },
  {
    id: 'F4',
    fault: 'bells accepted, then lost, 20 %',
    strike: (play) => play.through({ sqs: losing(0.2) }, USUAL),
    wrongs: foundOnce,
  },
  {
    id: 'F5',
    fault: 'sends doubled, 30 %, in no order',
    strike: (play) =>
      play.through(
        { sqs: [rule('twice', { kind: 'duplicate', withinMs: 500 }, { share: 0.3, actions: SENDS })] },
        USUAL,
      ),
    wrongs: knowsItsClaims,
  },
  {
    id: 'F6',
    fault: 'throttled, 30 %',
    strike: throttled,
  },
  {
    id: 'F7',
    fault: 'internal errors 10 %, time-outs 2 %',
    strike: (play) => {
      const error = both('internal', { kind: 'error', error: 'internal' }, 0.1);
      const late = both('time-out', { kind: 'delay', fromMs: 6_000, toMs: 7_000 }, 0.02);
      return play.through({ dynamo: [...error.dynamo, ...late.dynamo], sqs: [...error.sqs, ...late.sqs] }, USUAL);
    },
  },
  {
    id: 'F8',
    fault: 'index stale to 30 s, 20 % of bells lost',
    strike: (play) => {
      const withinMs = play.msOf({ manyMs: 30_000, fewMs: 4_000 });
      const stale = rule('stale', { kind: 'stale', withinMs }, { index: 'attention', holds: 'OPEN#' });
      return play.through({ dynamo: [stale], sqs: losing(0.2) }, { manyMs: 60_000, fewMs: 8_000 });
    },
  },
  {
    id: 'F29',
    fault: 'every call 2 s ± 1 s slower',
    strike: (play) =>
      play.through(both('slow', { kind: 'delay', fromMs: 1_000, toMs: 3_000 }, 1), { manyMs: 60_000, fewMs: 12_000 }),
    wrongs: ({ stage, tasks }) => leasesLost(stage, tasks),
  },
];

/** Each bell that was lost while nothing else of its task was on the way, and no other. */
function foundOnce({ stage, tasks, injected }: Play): string[] {
  const of = tasks.map(({ taskId }) => stage.witness.bellsOf(taskId));
  const [bare, found, rings] = (['bare', 'found', 'rings'] as const).map((name) =>
    of.reduce((sum, each) => sum + each[name], 0),
  ) as [number, number, number];
  const says = `${injected} bells lost, ${bare} while none was on the way: ${found} found, ${rings - found} others were late`;
  console.log(says);
  const isExact = Math.abs(found - bare) <= Math.max(1, bare * 0.02);
  return isExact && bare > 0 ? [] : [says];
}

/** Beside it one who submits and does not repeat: either it is a receipt, or a refusal that says when to come again. */
async function throttled(play: Play): Promise<Struck> {
  const { stage } = play;
  const ms = play.msOf({ manyMs: 30_000, fewMs: 10_000 });
  play.strike(both('throttled', { kind: 'error', error: 'throttling' }, 0.3));
  const [answers] = await Promise.all([
    stage.answersFor(ms, `${play.tasks[0]!.taskId}-once`),
    play.submit(play.tasks, ms / 2),
  ]);
  const struck = play.heal();
  const accepted = answers.filter(({ status }) => status === 202);
  const astray = answers.filter(
    ({ status, retryable, retryAfter }) => status !== 202 && !(status === 503 && retryable && retryAfter !== null),
  );
  return {
    ...struck,
    tasks: [...struck.tasks, ...accepted.map(({ taskId }) => ({ taskId, kind: 'fine' as const }))],
    wrongs: astray.map((answer) => `A submit was answered with ${JSON.stringify(answer)}`),
  };
}

async function played(stage: GivenFaults, row: TwinRow, { count, name }: { count: number; name: string }) {
  const play = new Play(stage, { name, count, poisoned: row.poisoned ?? false });
  try {
    const struck = await row.strike(play);
    const verdict = await verdictOf(stage, struck);
    const more = (await row.wrongs?.(play)) ?? [];
    console.log(`${row.id}: ${wasted(stage, struck.tasks)} attempts wasted`);
    return { ...verdict, wrongs: [...verdict.wrongs, ...more] };
  } finally {
    stage.heal();
  }
}

/** All of them on one stage, one after the other. */
export function twinRows(): Rows {
  const stage = new GivenFaults();
  let plays = 0;
  const nameOf = (id: string): string => `${id.toLowerCase()}-${(plays += 1)}`;
  return {
    start: async () => {
      await stage.start();
    },
    stop: () => stage.stop(),
    rows: [...SHARES, ...OUTAGES]
      .sort((a, b) => numberOf(a) - numberOf(b))
      .map((row) => ({
        ...{ id: row.id, engine: 'twin', fault: row.fault },
        play: (count) => played(stage, row, { count, name: nameOf(row.id) }),
      })),
  };
}

const numberOf = ({ id }: TwinRow): number => Number(id.slice(1));
