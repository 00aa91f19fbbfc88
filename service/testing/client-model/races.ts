/**
 * Several requests of one client for one task at the same time: their answers must be those of some order, so that among
 * identical submits one is accepted, of redrives one wins for each death, and what is cancelled stays so.
 */
import fc from 'fast-check';
import { choicesOf } from './choices.ts';
import type { Client } from './client.ts';
import { named } from './command.ts';
import type { Script } from './errands.ts';
import { UNTIL_CANCELLED_MS } from './errands.ts';
import type { KnownTasks } from './known-tasks.ts';
import type { TaskRequest } from './state.ts';
import type { Action, Call } from './task-model.ts';
import { afterAll } from './task-model.ts';

const TASK = 'raced';
const script: Script = { word: 'alice-raced', failures: 0, class: 'SYSTEM', retryAfterMs: 0, lastsMs: 0 };
const requestOf = (more: Partial<Script>, fields: Partial<TaskRequest> = {}): TaskRequest => ({
  ...{ type: 'errand', payload: { ...script, ...more } },
  ...fields,
});

/** What the task is when the race begins; all come to rest before it but `nothing` and `quick`. */
const STARTS: Readonly<Record<string, TaskRequest>> = {
  quick: requestOf({ failures: 1 }),
  lasting: requestOf({ lastsMs: UNTIL_CANCELLED_MS }),
  dead: requestOf({ failures: 9, class: 'VALIDATION' }),
  scheduled: requestOf({}, { delaySeconds: 86_400 }),
};

export interface Race {
  readonly start: string;
  /** One after another; the actions of each at once. `seen` asks for If-Match with the newest version. */
  readonly rounds: readonly (readonly { readonly action: Action; readonly seen: boolean }[])[];
}

const { scripts } = choicesOf('alice');
const actions: fc.Arbitrary<Action> = fc.oneof(
  fc.constantFrom(...Object.values(STARTS)).map((request) => ({ kind: 'submit' as const, request })),
  fc.constantFrom({ kind: 'cancel' as const }, { kind: 'discard' as const }),
  fc.constant({ kind: 'redrive' as const }),
  scripts.map((edit) => ({ kind: 'redrive' as const, edit })),
);
/** Often the same for all. */
const round = fc.oneof(
  fc.tuple(actions, fc.integer({ min: 2, max: 5 })).map(([action, count]) => Array<Action>(count).fill(action)),
  fc.array(actions, { minLength: 2, maxLength: 5 }),
);
const withSeen = fc.tuple(round, fc.boolean()).map(([list, seen]) => list.map((action) => ({ action, seen })));

export const races: fc.Arbitrary<Race> = fc.record({
  start: fc.constantFrom('nothing', 'nothing', ...Object.keys(STARTS), 'dead', 'dead'),
  rounds: fc.array(withSeen, { minLength: 1, maxLength: 3 }),
});

const conditioned = (action: Action, version: number): Action =>
  action.kind === 'submit' || action.kind === 'get' ? action : { ...action, ifVersion: version };

async function atOnce(known: KnownTasks, client: Client, asked: readonly Action[]): Promise<void> {
  const answers = await Promise.all(asked.map((action) => client.act(TASK, action)));
  const calls: Call[] = asked.map((action, i) => ({ action, answer: answers[i]! }));
  const states = afterAll(known.statesOf(TASK), calls);
  if (states.length > 0) {
    known.put(TASK, states);
    return;
  }
  const told = calls.map(({ action, answer: { status, code, task } }) =>
    [JSON.stringify(action), status, code, JSON.stringify(task)].join(' '),
  );
  throw new Error(`No order of these explains the answers, from ${phasesOf(known)}:\n${told.join('\n')}`);
}

const phasesOf = (known: KnownTasks): string =>
  known
    .statesOf(TASK)
    .map(({ phase, version }) => `${phase} of version ${version}`)
    .join(' or ');

export async function race({ start, rounds }: Race, known: KnownTasks, client: Client): Promise<void> {
  const request = STARTS[start];
  if (request !== undefined) {
    known.learn(TASK, { kind: 'submit', request }, await client.submit(request, { taskId: TASK }));
    if (start !== 'quick') await known.quiet(client, TASK);
  }
  for (const [i, round] of rounds.entries()) {
    const version = Math.max(...known.statesOf(TASK).map((state) => state.version));
    const asked = round.map(({ action, seen }) => (seen ? conditioned(action, version) : action));
    await named(`round ${i + 1} of a race`, () => atOnce(known, client, asked));
    await named(`after round ${i + 1} of a race`, () => known.quiet(client, TASK));
  }
}
