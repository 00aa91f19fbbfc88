/** What a client does with its tasks, each with what it may be answered. */
import fc from 'fast-check';
import type { AttemptDetail, BatchResult } from '@holdfast/api/types';
import { choicesOf } from './choices.ts';
import type { ClientCommand } from './command.ts';
import { command, onKnown } from './command.ts';
import type { Script } from './errands.ts';
import type { Name, Pick } from './known-tasks.ts';
import { nameText } from './known-tasks.ts';
import { LIST_COMMANDS } from './list-commands.ts';
import type { Operation, TaskRequest } from './state.ts';
import type { Action } from './task-model.ts';
import { attemptsOf } from './views.ts';

const shortOf = ({ type, payload, delaySeconds, tags }: TaskRequest): string =>
  JSON.stringify({ type, ...scriptOf(payload), delaySeconds, tags });
/** What is not as usual. */
const scriptOf = (script: Script): object =>
  Object.fromEntries(Object.entries(script).filter(([, value]) => value !== 0 && value !== 'SYSTEM'));

const submit = (name: Name, request: TaskRequest): ClientCommand =>
  command('submit', `${nameText(name)} ${shortOf(request)}`, async (known, client) => {
    const answer = await client.submit(request, 'made' in name ? {} : name);
    const taskId = known.named(name, answer);
    known.learn(taskId, { kind: 'submit', request }, answer);
    const { headers, task } = answer;
    if (task === undefined) return;
    if (headers.get('location') !== `/tasks/${taskId}`) throw new Error(`Location is ${headers.get('location')}`);
    expectETag(headers, task.version);
  });

function expectETag(headers: Headers, version: number): void {
  if (headers.get('etag') !== `"${version}"`) throw new Error(`ETag is ${headers.get('etag')}, of version ${version}`);
}

/** By its key, where it had one; the id that the service made of the key names it as well. */
const submitAgain = (pick: Pick, byKey: boolean): ClientCommand =>
  command('submit again', `${pick}${byKey ? ' by its key' : ''}`, async (known, client) => {
    const taskId = known.idOf(pick);
    const { request, phase } = known.statesOf(taskId)[0]!;
    if (phase === 'absent') return;
    const key = byKey ? known.keyOf(taskId) : undefined;
    const answer = await client.submit(request, key === undefined ? { taskId } : { key });
    known.learn(taskId, { kind: 'submit', request }, answer);
  });

interface Item {
  readonly taskId: string | undefined;
  readonly request: TaskRequest;
}

const batch = (items: readonly Item[]): ClientCommand =>
  command(
    'batch',
    items.map(({ taskId, request }) => `${taskId} ${shortOf(request)}`).join('; '),
    async (known, client) => {
      const tasks = items.map(({ taskId, request }) => ({ ...(taskId !== undefined && { taskId }), ...request }));
      const { status, body } = await client.ask('POST /tasks/batch', { body: { tasks } });
      const { results } = body as BatchResult;
      if (status !== 200 || results.length !== items.length) throw new Error(`was answered ${JSON.stringify(body)}`);
      for (const [i, { taskId, request }] of items.entries()) {
        const { index, status: itsStatus, task, problem, location } = results[i]!;
        if (problem?.code === 'type-unavailable') continue;
        if (index !== i) throw new Error(`item ${i} is answered as ${index}`);
        const answer = { status: itsStatus, ...(task && { task }), ...(problem && { code: problem.code }) };
        const id = known.named(taskId === undefined ? { made: true } : { taskId }, answer);
        if (task && location !== `/tasks/${id}`) throw new Error(`item ${i} is said to be at ${location}`);
        known.learn(id, { kind: 'submit', request }, answer);
      }
    },
  );

const get = (pick: Pick): ClientCommand =>
  command('get', String(pick), async (known, client) => {
    const taskId = known.idOf(pick);
    const answer = await client.act(taskId, { kind: 'get' });
    known.learn(taskId, { kind: 'get' }, answer);
    if (answer.task) expectETag(answer.headers, answer.task.version);
  });

const wait = (pick: Pick): ClientCommand =>
  command('wait', String(pick), async (known, client) => {
    const taskId = known.idOf(pick);
    known.learn(taskId, { kind: 'get' }, await known.waited(client, taskId, 1));
  });

const settle = (pick: Pick): ClientCommand =>
  command('settle', String(pick), (known, client) => known.quiet(client, known.idOf(pick)));

interface Ordering {
  readonly pick: Pick;
  readonly reason: string | undefined;
  readonly behind: number | undefined;
  /** Not before nothing happens to the task any more. */
  readonly settled: boolean;
  readonly edit?: Script | undefined;
}

const actionOf = (kind: Operation, { reason, edit }: Ordering): Action => ({
  kind,
  ...(reason !== undefined && { reason }),
  ...(edit !== undefined && { edit }),
});

const order = (kind: Operation, ordering: Ordering): ClientCommand => {
  const { pick, behind, settled } = ordering;
  const condition = behind === undefined ? '' : ` If-Match: ${behind} behind`;
  const edited = ordering.edit ? ` ${JSON.stringify(scriptOf(ordering.edit))}` : '';
  const what = `${pick}${settled ? ' once settled' : ''}${condition}${edited}`;
  return command(kind, what, async (known, client) => {
    const taskId = known.idOf(pick);
    if (settled) await known.quiet(client, taskId);
    const version = Math.max(...known.statesOf(taskId).map((state) => state.version));
    const ifVersion = behind === undefined ? {} : { ifVersion: Math.max(0, version - behind) };
    const action = { ...actionOf(kind, ordering), ...ifVersion };
    // A death is announced at once: whoever asks again gets through.
    for (;;) {
      const answer = await client.act(taskId, action);
      known.learn(taskId, action, answer);
      if (answer.task) expectETag(answer.headers, answer.task.version);
      if (answer.code !== 'not-announced-yet') return;
    }
  });
};

/** The payload keeps no schema: nothing may happen, whatever the task is. */
const redriveWrongly = (pick: Pick): ClientCommand =>
  command('redrive with a wrong payload', String(pick), async (known, client) => {
    const taskId = known.idOf(pick);
    const { status } = await client.operate(taskId, 'redrive', { body: { payload: { word: 1 } } });
    if (![404, 409, 422].includes(status)) throw new Error(`was answered ${status}`);
    known.learn(taskId, { kind: 'get' }, await client.act(taskId, { kind: 'get' }));
  });

const attempt = (pick: Pick): ClientCommand =>
  command('attempt', String(pick), async (known, client) => {
    const taskId = known.idOf(pick);
    await known.quiet(client, taskId);
    const state = known.statesOf(taskId)[0]!;
    const last = state.outcomes.length;
    const beyond = await client.ask(`GET /tasks/${taskId}/attempts/${attemptsOf(state) + 1}`);
    if (beyond.status !== 404) throw new Error(`an attempt that was never made is answered ${beyond.status}`);
    if (last === 0) return;
    const { body } = await client.ask(`GET /tasks/${taskId}/attempts/${last}`);
    const { outcome, message, log, code } = body as AttemptDetail;
    const failed = outcome === 'failed';
    const lines = failed ? 1 : 0;
    const isRight = outcome === state.outcomes.at(-1) && log.length === lines && code === (failed ? 'asked' : null);
    if (!isRight || (failed && message === null)) throw new Error(`it is shown as ${JSON.stringify(body)}`);
  });

const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

/** Commands of one client, in whose every input stands its mark. */
export function commandsOf(mark: string): fc.Arbitrary<ClientCommand>[] {
  const { names, picks, requests, reasons, behind, scripts } = choicesOf(mark);
  const orders = fc.record({ pick: picks, reason: reasons, behind, settled: fc.boolean() });
  const items = fc.record({
    taskId: fc.constantFrom('one', 'four', 'five', 'six', 'six', undefined),
    request: requests,
  });
  const redrives = fc.tuple(orders, fc.option(scripts, { nil: undefined }));
  return [
    ...many(
      4,
      fc.tuple(names, requests).map((each) => submit(...each)),
    ),
    ...many(
      2,
      fc.tuple(picks, fc.boolean()).map(([pick, byKey]) => onKnown(pick, submitAgain(pick, byKey))),
    ),
    fc.array(items, { minLength: 1, maxLength: 4 }).map(batch),
    picks.map((pick) => onKnown(pick, get(pick))),
    picks.map((pick) => onKnown(pick, wait(pick))),
    picks.map((pick) => onKnown(pick, settle(pick))),
    ...many(
      3,
      orders.map((each) => onKnown(each.pick, order('cancel', each))),
    ),
    ...many(
      5,
      redrives.map(([each, edit]) => onKnown(each.pick, order('redrive', { ...each, edit }))),
    ),
    ...many(
      3,
      orders.map((each) => onKnown(each.pick, order('discard', each))),
    ),
    picks.map((pick) => onKnown(pick, redriveWrongly(pick))),
    ...many(
      2,
      picks.map((pick) => onKnown(pick, attempt(pick))),
    ),
    ...LIST_COMMANDS,
  ];
}
