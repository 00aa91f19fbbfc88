/**
 * What each function asked of table, queues and connections while tasks succeeded, failed, died, were cancelled and redriven and
 * viewers came and went, held against the table of calls that its role is made of.
 */
import type { Handler } from '@holdfast/api/handler';
import { TaskFailure } from '@holdfast/api/handler';
import { beforeAll, expect, test } from 'vitest';
import { CALLS } from '../aws-calls.ts';
import { usualTask } from '../given-tasks.ts';
import { QUEUES } from './functions.ts';
import type { Stage } from './holdfast.ts';
import { setStage, settled, startSources } from './holdfast.ts';
import { say, TENANT, unseat } from './viewers.ts';
import { WORKLOAD } from './workload.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Lambda's own, in the name of the function that reads the queue. */
const POLLS = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];

/** Allowed, not called here, and when it is. */
const RARE: Readonly<Record<string, string>> = {
  'http: Table DeleteItem': 'a counter is past its purge time and begins anew',
  'work: Table DeleteItem': 'the same',
  'work: Table GetItem': 'faults are allowed, and it asks which are on',
  'work: RecoveryQueue SendMessageBatch': 'a bell of that lane cannot be attended now',
  'work: IsolatedQueue SendMessageBatch': 'a handler outlives its time-out, so that its task is alone from then on',
  'isolated: Table DeleteItem': 'a counter begins anew',
  'isolated: Table GetItem': 'faults are allowed',
  'isolated: FreshQueue SendMessageBatch': 'a task was redriven while its bell waited here, and fails',
  'isolated: RecoveryQueue SendMessageBatch': 'the same, and the sweeper had rung for it',
  'push: Table DeleteItem': 'a viewer is gone without a word',
  'push: Table GetItem': 'a frame does not reach a viewer',
  'push: Table PutItem': 'the same',
};

const handler: Handler = ({ taskId }) => {
  if (taskId.startsWith('dies')) throw new TaskFailure('no', { class: 'VALIDATION', code: 'never' });
  if (taskId.startsWith('fails')) throw new TaskFailure('no', { class: 'NETWORK', code: 'not-yet' });
  return { text: 'x'.repeat(3000) };
};

const taskNamed = (taskId: string, payload: object = {}) => ({ taskId, payload });

/** Each method and path in turn. */
async function ask(stage: Stage, lines: readonly (readonly [string, string, unknown?])[]): Promise<void> {
  for (const [method, path, body] of lines) {
    const { status, body: answer } = await settled(stage, stage.request(method, path, body));
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${answer}`);
  }
}

const pass = ({ time, clock }: Stage, ms: number): Promise<void> => time.play(() => false, clock.nowMs() + ms);

/** Tasks as faults leave them: alone, lost with its process, dead without anybody who was told. */
async function leaveOver({ functions, clock, ...cloud }: Stage): Promise<void> {
  const nowMs = clock.nowMs();
  const task = usualTask(nowMs, { tenant: TENANT, taskId: 'alone', suspect: true });
  const lost = { status: 'running', fence: 1, owner: 'o', startedAtMs: nowMs, leaseUntilMs: nowMs } as const;
  const untold = { status: 'dead', announcement: 'pending', fence: 1, finishedAtMs: nowMs } as const;
  const left = [
    task,
    { ...task, taskId: 'fails-alone' },
    usualTask(nowMs, { tenant: TENANT, taskId: 'lost', ...lost }),
    usualTask(nowMs, { tenant: TENANT, taskId: 'untold', ...untold }),
  ];
  await settled(cloud, functions.ports.ledger.submit(left));
}

async function talk(stage: Stage): Promise<void> {
  const topics = ['task:succeeds'];
  await settled(stage, say(stage, 0, { action: 'subscribe', id: '3', topics }));
  await settled(stage, say(stage, 0, { action: 'unsubscribe', id: '4', topics }));
  await settled(stage, say(stage, 1, 'x'.repeat(40_000)));
}

async function liveOn(stage: Stage): Promise<void> {
  await ask(stage, [
    ['POST', '/tasks', taskNamed('succeeds', { data: 'x'.repeat(3000) })],
    ['POST', '/tasks/batch', { tasks: ['fails', 'dies-1', 'dies-2', 'other'].map((each) => taskNamed(each)) }],
    ['POST', '/tasks', { ...taskNamed('cancelled'), runAt: new Date(stage.clock.nowMs() + 300_000).toISOString() }],
    ['POST', '/tasks', { ...taskNamed('later'), runAt: new Date(stage.clock.nowMs() + HOUR_MS).toISOString() }],
    ['POST', '/tasks/cancelled/cancel', {}],
  ]);
  await leaveOver(stage);
  stage.queues.poll(QUEUES.fresh, 1); // one bell is lost
  await pass(stage, 5 * MINUTE_MS);
  await ask(stage, [
    ...['', '?status=dead', '?status=succeeded', '/succeeds', '/dies-1', '/dies-1/attempts/1'].map(
      (path) => ['GET', `/tasks${path}`] as const,
    ),
    ['POST', '/tasks/dies-1/redrive', {}],
    ['POST', '/tasks/dies-2/discard', {}],
    ...['/types', '/stats?window=1h', '/identity', '/keys', '/health', '/ready'].map((path) => ['GET', path] as const),
  ]);
  await talk(stage);
  await settled(stage, unseat(stage, 0));
  await pass(stage, 2 * HOUR_MS);
}

let seen: ReadonlyMap<string, ReadonlySet<string>>;
beforeAll(async () => {
  const workload = { ...WORKLOAD, viewers: 3 };
  const stage = await setStage(workload, handler);
  const sources = startSources(stage, workload);
  await liveOn(stage);
  sources.stop();
  const calls = [...stage.book.calls.keys()].map((each) => each.split(' ') as [string, string, string]);
  const named = Map.groupBy(calls, ([caller]) => caller);
  seen = new Map([...named].map(([caller, all]) => [caller, new Set(all.map(([, ...call]) => call.join(' ')))]));
});

const allowed = (name: string): string[] =>
  Object.entries(CALLS[name]!).flatMap(([resource, commands]) => commands.map((each) => `${resource} ${each}`));

const WORKERS = Object.keys(CALLS).filter((name) => name !== 'monitor' && name !== 'incident');

test.each(WORKERS)('%s calls nothing that its role does not allow', (name) => {
  expect([...seen.get(name)!].filter((call) => !allowed(name).includes(call))).toEqual([]);
});

test('what is allowed and was not called is known', () => {
  const unseen = WORKERS.flatMap((name) =>
    Object.entries(CALLS[name]!).flatMap(([resource, commands]) => {
      const own = commands.includes('ReceiveMessage') ? commands.filter((each) => !POLLS.includes(each)) : commands;
      return own
        .map((each) => `${resource} ${each}`)
        .filter((call) => !seen.get(name)!.has(call))
        .map((call) => `${name}: ${call}`);
    }),
  );
  expect(unseen).toEqual(Object.keys(RARE));
});
