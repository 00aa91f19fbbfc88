/**
 * What a row has shown, from two sides that must agree: the witness in the ledger, and what the API tells a customer. Times apart,
 * nothing here depends on how fast the machine is.
 */
import type { Stats, Task } from '@holdfast/api/types';
import type { Testimony } from '../audit.ts';
import { contradictions, hear } from '../audit.ts';
import type { Customer } from './customer.ts';
import type { Ground } from './ground.ts';
import type { Losses } from './losses.ts';
import { inRooms, isDeadRightly, lossesOf } from './losses.ts';
import { LEASE_MS, TIMEOUT_MS } from './mixed-type.ts';
import type { Planned } from './planned.ts';
import type { Verdict } from './row.ts';

export interface Case {
  readonly ground: Ground;
  readonly customer: Customer;
  readonly tasks: readonly Planned[];
  /** Whether the row kills processes: a task may then die of losses, three alone in its process or ten in a row. */
  readonly kills: boolean;
  /** Rows of the ledger that the row itself has made, and nobody submitted. */
  readonly planted: ReadonlySet<string>;
  /** The clock was wrong, or the row has written into the ledger: what counts by time cannot be exact. */
  readonly countsAreOff: boolean;
  /** No write is taken for a while: who has an outcome to tell may not be heard before the lease is over. */
  readonly isMute: boolean;
}

type Judged = Pick<Verdict, 'lost' | 'twice' | 'falseDead' | 'wrongs' | 'notes'>;
type LedgerRow = Testimony['tasks'][number];
type Audit = Testimony['audit'];

const MOST_SHOWN = 5;
const NO_LOSSES: Losses = { charged: 0, inRow: 0, lost: 0, isAlone: false, isDeadOfThem: false, wrongs: [] };

export async function judge(given: Case): Promise<Judged> {
  const { ground, customer, tasks, planted } = given;
  const { audit, starts, tasks: rows } = hear(ground.dataDir);
  const own = rows.filter(({ taskId }) => !planted.has(taskId));
  const listed = await allOf(customer);
  const spans = { timeoutMs: given.countsAreOff ? 0 : TIMEOUT_MS, untoldAfterMs: given.isMute ? LEASE_MS : Infinity };
  const seen = { starts, ...spans, ...inRooms(audit, ground.rooms()) };
  const losses = new Map(own.map(({ taskId }) => [taskId, lossesOf(audit.get(taskId) ?? [], seen)]));
  const lossesBy = ({ taskId }: Pick<Planned, 'taskId'>): Losses => losses.get(taskId) ?? NO_LOSSES;
  const ofLosses = own.filter((row) => lossesBy(row).isDeadOfThem);
  const byLosses = ofLosses.filter((row) => given.kills && isDeadRightly(lossesBy(row)) && !isToDie(row, tasks));
  const excused = new Set(byLosses.map(({ taskId }) => taskId));
  const tooSoon = new Set(ofLosses.filter((row) => !isDeadRightly(lossesBy(row))).map(({ taskId }) => taskId));
  const astray = tasks.filter((task) => !excused.has(task.taskId) && (tooSoon.has(task.taskId) || isAstray(task, own)));
  const falseDead = astray.filter(({ taskId }) => own.some((row) => row.taskId === taskId && row.status === 'dead'));
  const stories = [...audit].filter(([taskId]) => !planted.has(taskId)).map(([, story]) => story);
  const succeeded = (story: (typeof stories)[number]) => story.filter(({ becomes }) => becomes === 'succeeded').length;
  const wrongs = [
    ...astray
      .filter(({ taskId }) => !tooSoon.has(taskId))
      .map((task) => `${task.taskId} should end ${task.ends.join(' or ')}, but ${endOf(task, own)}`),
    ...[...tooSoon].map((taskId) => `${taskId} died too soon of losses: ${endOf({ taskId }, own)}`),
    ...stories.flatMap(contradictions),
    ...disagreements(listed, { rows: own, customer, tasks }),
    ...own.flatMap((row) => wrongCharges(row, lossesBy(row))),
    ...wrongStarts(ground.starts(), audit),
    ...(given.countsAreOff ? [] : wrongCounts(await customer.sdk.stats('1h'), { audit, starts, tasks: rows })),
  ];
  return {
    lost: astray.length - falseDead.length,
    twice: stories.filter((story) => succeeded(story) > 1).length,
    falseDead: falseDead.length,
    wrongs: wrongs.length > MOST_SHOWN ? [...wrongs.slice(0, MOST_SHOWN), `… ${wrongs.length} in all`] : wrongs,
    notes: given.kills ? [`${byLosses.length} of ${tasks.length} tasks dead of losses`] : [],
  };
}

const endOf = ({ taskId }: Pick<Planned, 'taskId'>, rows: readonly LedgerRow[]): string => {
  const row = rows.find((each) => each.taskId === taskId);
  if (!row) return 'absent';
  const { status, class: failureClass, lost, crashes } = row;
  return status === 'dead' ? `dead ${failureClass ?? ''} ${JSON.stringify({ lost, crashes })}` : status;
};

const isAstray = (task: Planned, rows: readonly LedgerRow[]): boolean =>
  !task.ends.some((end) => endOf(task, rows) === end || endOf(task, rows).startsWith(`${end} `));

/** What the ledger counts must be what the witness saw. How a cancelled task was counted in its end nobody can tell. */
function wrongCharges(row: LedgerRow, { charged, inRow, isAlone, wrongs }: Losses): string[] {
  const { taskId, status, crashes, lostInRow, suspect } = row;
  const told = JSON.stringify({ crashes, lostInRow, suspect: suspect === 1 });
  const seen = JSON.stringify({ crashes: charged, lostInRow: inRow, suspect: isAlone });
  return told === seen || status === 'cancelled' ? [...wrongs] : [...wrongs, `${taskId} has ${told}, and not ${seen}`];
}

const isToDie = ({ taskId }: LedgerRow, tasks: readonly Planned[]): boolean =>
  tasks.some((task) => task.taskId === taskId && task.ends.includes('dead CRASH'));

async function allOf({ sdk }: Customer): Promise<{ all: Map<string, Task>; inbox: Set<string> }> {
  const all = new Map<string, Task>();
  for await (const task of sdk.list()) all.set(task.taskId, task);
  const inbox = new Set<string>();
  for await (const { taskId } of sdk.list({ status: 'dead' })) inbox.add(taskId);
  return { all, inbox };
}

interface Beside {
  readonly rows: readonly LedgerRow[];
  readonly customer: Customer;
  readonly tasks: readonly Planned[];
}

/** Where the API, the customer's receipts and the ledger do not say the same. */
function disagreements({ all, inbox }: Awaited<ReturnType<typeof allOf>>, beside: Beside): string[] {
  const { rows, customer, tasks } = beside;
  const statuses = new Map(rows.map(({ taskId, status }) => [taskId, status]));
  return [
    ...tasks.filter(({ taskId }) => !customer.receipts.has(taskId)).map(({ taskId }) => `${taskId} has no receipt`),
    ...[...customer.receipts.keys()].filter((id) => !all.has(id)).map((id) => `${id} has a receipt and is not listed`),
    ...[...statuses]
      .filter(([id, status]) => all.get(id)?.status !== status)
      .map(([id]) => `${id} is listed otherwise`),
    ...[...statuses]
      .filter(([id, status]) => (status === 'dead') !== inbox.has(id))
      .map(([id, status]) => `${id} is ${status} and ${inbox.has(id) ? '' : 'not '}in the inbox`),
    ...customer.takenBack
      .filter(({ taskId, status }) => status === 'cancelled' && statuses.get(taskId) !== 'cancelled')
      .map(({ taskId }) => `${taskId} was confirmed cancelled and is ${statuses.get(taskId)}`),
  ];
}

/** Each pair of task and fence starts once, and only after a claim that is in the ledger. [S3] */
function wrongStarts(starts: readonly string[], audit: Audit): string[] {
  const isClaim = ({ was, becomes }: { was: string | null; becomes: string }) =>
    becomes === 'running' && was !== 'running';
  const claimed = new Set(
    [...audit].flatMap(([id, rows]) => rows.filter(isClaim).map(({ fence }) => `${id} ${fence}`)),
  );
  const seen = new Set<string>();
  return starts.flatMap((start) => {
    if (!claimed.has(start)) return [`${start} started without a claim`];
    if (seen.has(start)) return [`${start} started twice`];
    seen.add(start);
    return [];
  });
}

/** The statistics count what the witness saw, each write once, whatever was killed around it. */
function wrongCounts({ totals, tasks }: Stats, { audit, tasks: rows }: Testimony): string[] {
  const ended = (status: string) => rows.filter((row) => row.status === status).length;
  const stories = [...audit.values()];
  const claims = stories.map((story) => story.at(-1)!.fence).reduce((sum, fence) => sum + fence, 0);
  const expected = [
    ['accepted', totals.accepted, audit.size],
    ['started', totals.started, claims],
    ['succeeded', totals.succeeded, ended('succeeded')],
    ['cancelled', totals.cancelled, ended('cancelled')],
    ['dead now', tasks.dead, ended('dead')],
    ['running now', tasks.running, 0],
    ['queued now', tasks.queued, 0],
  ] as const;
  return expected
    .filter(([, told, seen]) => told !== seen)
    .map(([what, told, seen]) => `${what}: ${told}, not ${seen}`);
}
