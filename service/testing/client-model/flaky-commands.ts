/**
 * The SDK over a network that loses requests and answers: what it says in the end is true, and what was asked once is done
 * once. What the model allows: each try whose answer was lost may have been carried out, but a redrive without `ifVersion`
 * is tried once, and `Unreachable` leaves open whether it happened.
 */
import fc from 'fast-check';
import type { Task } from '@holdfast/api/types';
import { ProblemError, Unreachable } from '../../../api/sdk/index.ts';
import { choicesOf } from './choices.ts';
import type { Client } from './client.ts';
import type { ClientCommand } from './command.ts';
import { command, onKnown } from './command.ts';
import type { Mishap } from './flaky-network.ts';
import { MISHAPS } from './flaky-network.ts';
import type { KnownTasks, Pick } from './known-tasks.ts';
import { inexplicable } from './known-tasks.ts';
import type { Operation, State, TaskRequest } from './state.ts';
import type { Action, Answer } from './task-model.ts';
import { after, isFinal, isQuiet, meanwhile, untold } from './task-model.ts';

type Ended = { readonly task: Task } | { readonly error: unknown };

const endOf = (call: Promise<Task>): Promise<Ended> =>
  call.then(
    (task) => ({ task }),
    (error: unknown) => ({ error }),
  );

/** What the SDK's answer leaves possible; nothing when it cannot be true. */
function believed(states: readonly State[], action: Action, ended: Ended): State[] {
  if ('task' in ended) {
    const answers: Answer[] = [200, 202].map((status) => ({ status, task: ended.task }));
    // A cancel that finds its own work is told by a look at the task.
    const isFound = action.kind === 'cancel' && ended.task.status === 'cancelled';
    const found = isFound ? after(states, { kind: 'get' }, { status: 200, task: ended.task }) : [];
    return [...answers.flatMap((answer) => after(states, action, answer)), ...found];
  }
  const { error } = ended;
  if (error instanceof ProblemError) return after(states, action, { status: error.status, code: error.code });
  const mayBeOpen = action.kind === 'redrive' && action.ifVersion === undefined;
  return mayBeOpen && error instanceof Unreachable ? [...states] : [];
}

interface Seat {
  readonly known: KnownTasks;
  readonly client: Client;
}

const wordOf = (error: unknown): string =>
  error instanceof ProblemError ? error.code : error instanceof Unreachable ? 'unreachable' : String(error);

interface Asked {
  readonly taskId: string;
  readonly action: Action;
  readonly mishaps: readonly Mishap[];
}

const isLost = (mishap: Mishap): boolean => mishap === 'unanswered' || mishap === 'cut';

function believe({ known, client }: Seat, { taskId, action, mishaps }: Asked, ended: Ended): void {
  client.count(`SDK ${action.kind} ${'task' in ended ? 'answered' : wordOf(ended.error)}`);
  let possible: readonly State[] = known.statesOf(taskId);
  const isOnce = action.kind === 'redrive' && action.ifVersion === undefined;
  const lost = Math.min(mishaps.filter(isLost).length, isOnce ? 1 : Infinity);
  for (let i = 0; i < lost; i += 1) possible = untold(possible, action);
  const left = believed(possible, action, ended);
  if (left.length > 0) {
    known.put(taskId, left);
    return;
  }
  const { error } = ended as { error?: unknown };
  const answer: Answer = 'task' in ended ? { status: 200, task: ended.task } : { status: 0, code: String(error) };
  throw new Error(`after ${mishaps.join(', ')}: ${inexplicable({ taskId, action, answer, before: possible })}`);
}

const sent = ({ type, payload, ...options }: TaskRequest) => ({ type, payload: { ...payload }, options });

const submit = (name: string | { readonly key: string }, request: TaskRequest, mishaps: readonly Mishap[]) =>
  command('submit', `${JSON.stringify(name)} ${JSON.stringify(request)} ${mishaps.join()}`, async (known, client) => {
    const { type, payload, options } = sent(request);
    client.network!.plan(mishaps);
    const identity = typeof name === 'string' ? { taskId: name } : { idempotencyKey: name.key };
    const ended = await endOf(client.holdfast.submit(type, payload, { ...options, ...identity }));
    const told = 'task' in ended ? { status: 202, task: ended.task } : { status: 0, code: String(ended.error) };
    const taskId = known.named(typeof name === 'string' ? { taskId: name } : name, told);
    believe({ known, client }, { taskId, action: { kind: 'submit', request }, mishaps }, ended);
  });

/** Ids of the SDK's own making: a try that is repeated with another one would leave a second task. */
const submitMany = (requests: readonly TaskRequest[], mishaps: readonly Mishap[]): ClientCommand =>
  command('submit many', `${requests.length} ${mishaps.join()}`, async (known, client) => {
    client.network!.plan(mishaps);
    const submissions = requests.map((request) => {
      const { type, payload, options } = sent(request);
      return { type, payload, ...options };
    });
    const outcomes = await client.holdfast.submitMany(submissions);
    for (const [i, { task, error }] of outcomes.entries()) {
      if (task === null) throw new Error(`one was refused: ${String(error)}`);
      const taskId = known.named({ made: true }, { status: 202, task });
      believe({ known, client }, { taskId, action: { kind: 'submit', request: requests[i]! }, mishaps }, { task });
    }
  });

interface Ordering {
  readonly pick: Pick;
  readonly mishaps: readonly Mishap[];
  readonly withVersion: boolean;
}

const order = (kind: Operation, { pick, mishaps, withVersion }: Ordering): ClientCommand =>
  command(kind, `${pick} ${mishaps.join()}${withVersion ? ' with ifVersion' : ''}`, async (known, client) => {
    const taskId = known.idOf(pick);
    // A cancel is for what goes on, the others for what has ended.
    if (kind !== 'cancel') await known.quiet(client, taskId);
    const version = Math.max(1, ...known.statesOf(taskId).map((state) => state.version));
    const condition = withVersion ? { ifVersion: version } : {};
    client.network!.plan(mishaps);
    const ended = await endOf(client.holdfast[kind](taskId, condition));
    believe({ known, client }, { taskId, action: { kind, ...condition }, mishaps }, ended);
  });

/** Waits over a network that fails; what lasts is only looked at. */
const finish = (pick: Pick, mishaps: readonly Mishap[]): ClientCommand =>
  command('finish', `${pick} ${mishaps.join()}`, async (known, client) => {
    const taskId = known.idOf(pick);
    const isEndless = !meanwhile(known.statesOf(taskId)).filter(isQuiet).every(isFinal);
    client.network!.plan(mishaps);
    const { holdfast } = client;
    const task = await (isEndless ? holdfast.get(taskId).catch(absent) : holdfast.finished(taskId));
    const answer = task === undefined ? { status: 404, code: 'not-found' } : { status: 200, task };
    known.learn(taskId, { kind: 'get' }, answer);
  });

function absent(error: unknown): undefined {
  if (!(error instanceof ProblemError && error.code === 'not-found')) throw error;
}

/** Fewer than the SDK tries. */
const MOST_MISHAPS = 3;

export function flakyCommandsOf(mark: string, most: number): fc.Arbitrary<Iterable<ClientCommand>> {
  const { requests, picks } = choicesOf(mark);
  const mishaps = fc.array(fc.constantFrom(...MISHAPS), { minLength: 1, maxLength: MOST_MISHAPS });
  const names = fc.constantFrom('one', 'two', 'three', { key: 'one' }, { key: 'two' });
  const orders = fc.record({ pick: picks, mishaps, withVersion: fc.boolean() });
  const many = fc.array(requests, { minLength: 1, maxLength: 6 });
  const arbitraries = [
    ...[1, 2].map(() => fc.tuple(names, requests, mishaps).map((each) => submit(...each))),
    fc.tuple(many, mishaps).map((each) => submitMany(...each)),
    ...(['cancel', 'cancel', 'redrive', 'redrive', 'discard'] as const).map((kind) =>
      orders.map((each) => onKnown(each.pick, order(kind, each))),
    ),
    ...[1, 2].map(() => fc.tuple(picks, mishaps).map(([pick, plan]) => onKnown(pick, finish(pick, plan)))),
  ];
  return fc.commands<KnownTasks, Client, false>(arbitraries, { maxCommands: most, size: 'max' });
}
