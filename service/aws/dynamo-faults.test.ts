/** What becomes of a call that DynamoDB answers badly, late, in part, or not at all. The requests themselves are real. */
import { beforeEach, describe, expect, test } from 'vitest';
import { attend } from '../core/attempt.ts';
import type { Ledger, Ports, TaskEvent } from '../core/ports.ts';
import { LedgerUnavailable } from '../core/ports.ts';
import type { Worker } from '../core/worker.ts';
import { Running } from '../core/worker.ts';
import { newTask, RULES } from '../testing/conformance/engine-under-test.ts';
import { countUnits } from '../testing/counted-units.ts';
import type { GivenDynamo } from '../testing/given-dynamo.ts';
import { between } from '../testing/given-dynamo.ts';
import { givenLedger } from '../testing/given-ledger.ts';
import type { Life } from '../testing/given-tasks.ts';
import { payloadOf } from '../testing/given-tasks.ts';
import { entriesOf } from './dynamo-calls.ts';

const newGiven = givenLedger();

let given: GivenDynamo;
let ledger: Ledger;
let life: Life;

beforeEach(async () => {
  ({ given, ledger, life } = await newGiven());
});

const errorOf = (name: string): Error => Object.assign(new Error(name), { name, $metadata: {}, $fault: 'server' });
const task = (taskId: string) => newTask(given.time.nowMs, { taskId });
const keyOf = (taskId: string) => ({ tenant: 'alpha', taskId });

/** One that runs everything well. */
function workerOf(published: string[]): Worker {
  const done = () => Promise.resolve([]);
  const ports = {
    ...{ ledger, clock: given.clock, random: { uniform: () => 0, token: () => 'token' } },
    ...{ doorbell: { ring: done }, deadLetters: { announce: done }, statistics: { count: done } },
    publisher: {
      publish: (events: readonly TaskEvent[]) => {
        for (const { move, task } of events) published.push(`${move} ${task.fence}`);
        return Promise.resolve();
      },
    },
  };
  const outcome = Promise.resolve({ kind: 'succeeded', result: '1' } as const);
  return {
    ...{ ports: ports as unknown as Ports, rules: RULES, running: new Running(), unserved: new Set() },
    ...{ versionsOf: () => [1], isolated: false, ownerPrefix: '' },
    runner: { start: () => ({ outcome, abort: () => undefined, kill: () => undefined }) },
  };
}

interface Asked {
  readonly name: string;
  /** As JSON. */
  readonly input: string;
}

/** Answers in the place of DynamoDB, before it is asked; undefined lets it be asked. */
function refuse(answer: (asked: Asked) => Error | undefined): void {
  given.table.client.middlewareStack.add(
    (next, context) => async (args) => {
      const error = answer({ name: String(context['commandName']), input: JSON.stringify(args.input) });
      if (error) throw error;
      return next(args);
    },
    { step: 'initialize', name: 'refuse' },
  );
}

/** Every answer to the first try is lost on its way. */
const loseReplies = () =>
  between(given.table, (tries) => {
    if (tries % 2 === 1) throw errorOf('TimeoutError');
  });

describe('a reply that is lost after the write', () => {
  test('makes no false conflict: the submit that the SDK repeats is ours [S16]', async () => {
    await ledger.submit([task('first-of-its-day')]);
    loseReplies();
    expect(await ledger.submit([task('one')])).toEqual([{ kind: 'created', task: task('one') }]);
  });

  test('of another request with the same id is no creation', async () => {
    await ledger.submit([task('one')]);
    loseReplies();
    const [result] = await ledger.submit([{ ...task('one'), requestHash: 'other' }]);
    expect(result).toEqual({ kind: 'exists', task: task('one') });
  });

  test('shows a claim the item with its own owner, by which the core knows it [S3]', async () => {
    const submitted = await life.submitted();
    loseReplies();
    const [result] = await ledger.apply([life.claimMove(submitted, 'mine')]);
    expect(result).toMatchObject({ kind: 'lost', task: { status: 'running', owner: 'mine', fence: 1 } });
  });

  test('wastes no attempt: the task runs once, succeeds, and is published as both [S3][S4]', async () => {
    const { tenant, taskId, type } = await life.submitted();
    loseReplies();
    const published: string[] = [];
    await attend({ tenant, taskId, type, lane: 'fresh', notBeforeMs: 0 }, workerOf(published));
    expect(published).toEqual(['claim 1', 'succeed 1']);
    expect(await ledger.get([{ tenant, taskId }])).toMatchObject([{ status: 'succeeded', attemptsTotal: 1 }]);
  });
});

describe('a write that is refused', () => {
  test.each([
    ['ProvisionedThroughputExceededException', true],
    ['ThrottlingException', true],
    ['RequestLimitExceeded', true],
    ['InternalServerError', true],
    ['TimeoutError', true],
    ['AccessDeniedException', true],
    ['ResourceNotFoundException', true],
    ['ValidationException', false],
  ])('with %s has failed, and may be tried again: %s', async (name, retryable) => {
    const submitted = await life.submitted();
    refuse(() => errorOf(name));
    const failed = { kind: 'failed', retryable };
    expect(await ledger.submit([task('two')])).toEqual([failed]);
    expect(await ledger.apply([life.claimMove(submitted)])).toEqual([failed]);
  });

  test('because nobody listens may be tried again', async () => {
    refuse(() => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
    expect(await ledger.submit([task('one')])).toEqual([{ kind: 'failed', retryable: true }]);
  });

  test('by a mistake of ours is no failure of DynamoDB, and is thrown', async () => {
    refuse(() => new TypeError('undefined is not a function'));
    await expect(ledger.submit([task('one')])).rejects.toThrow(TypeError);
  });

  test('leaves the four others of its batch standing', async () => {
    refuse(({ name, input }) =>
      name === 'PutItemCommand' && input.includes('#TASK#c"') ? errorOf('InternalServerError') : undefined,
    );
    const results = await ledger.submit(['a', 'b', 'c', 'd', 'e'].map(task));
    expect(results.map(({ kind }) => kind)).toEqual(['created', 'created', 'failed', 'created', 'created']);
    const items = await ledger.get(['a', 'b', 'c', 'd', 'e'].map(keyOf));
    expect(items.map((item) => item !== undefined)).toEqual([true, true, false, true, true]);
  });
});

describe('a read', () => {
  test.each(['ThrottlingException', 'InternalServerError', 'TimeoutError'])(
    'that is answered with %s says that the ledger is unavailable',
    async (name) => {
      refuse(() => errorOf(name));
      await expect(ledger.get([keyOf('one')])).rejects.toThrow(LedgerUnavailable);
      await expect(ledger.overdue(1, 1)).rejects.toThrow(LedgerUnavailable);
      await expect(ledger.list({ tenant: 'alpha', list: 'dead', limit: 1 })).rejects.toThrow(LedgerUnavailable);
    },
  );

  test('of what is due goes on without the one shard that does not answer', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `t${i}`);
    await ledger.submit(names.map(task));
    refuse(({ input }) => (input.includes('"OPEN#3"') ? errorOf('ThrottlingException') : undefined));
    await given.time.play(() => false, given.time.nowMs + 60_000);
    const due = await ledger.overdue(given.time.nowMs, 200);
    expect(due.length).toBeGreaterThan(80);
    expect(due.length).toBeLessThan(100);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
  test('of more than 100 keys, some of them twice, answers all in their order', async () => {
    const names = Array.from({ length: 230 }, (_, i) => `t${i}`);
    await ledger.submit(names.map(task));
    const asked = [...names, 'absent', 't7', 't7'];
    const items = await ledger.get(asked.map(keyOf));
    expect(items.map((item) => item?.taskId)).toEqual([...names, undefined, 't7', 't7']);
  });

  test('asks again for the keys that a batch left unprocessed', async () => {
    await ledger.submit(['a', 'b', 'c'].map(task));
    leaveUnprocessed(1);
    const items = await ledger.get(['a', 'b', 'c'].map(keyOf));
    expect(items.map((item) => item?.taskId)).toEqual(['a', 'b', 'c']);
  });

  test('whose keys stay unprocessed ends, with a pause before each try', async () => {
    leaveUnprocessed(0);
    const beginMs = given.time.nowMs;
    let isOver = false;
    const reading = expect(ledger.get([keyOf('a')]).finally(() => (isOver = true))).rejects.toThrow(LedgerUnavailable);
    while (!isOver) await given.time.play(() => isOver, given.time.nowMs + 10);
    await reading;
    expect(given.time.nowMs - beginMs).toBeGreaterThanOrEqual(25 * (2 + 4 + 8 + 16 + 32));
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html
  test('of an index goes on behind the end of a page', async () => {
    let task = await life.submitted({ taskId: 'a' });
    for (let i = 0; i < 2; i += 1) task = await life.failed(await life.claimed(task));
    const index = { partition: 'PK', sort: 'SK' };
    const span = { index, partition: 'T#alpha#TASK#a', from: 'A', to: 'Z', order: 'ascending', pageSize: 1 } as const;
    const places: unknown[] = [];
    for await (const { SK } of entriesOf(given.table, span)) places.push(SK);
    expect(places).toEqual(['A#1', 'A#2', 'L']);
  });

  /** Answers only the first `most` keys of each batch. */
  function leaveUnprocessed(most: number): void {
    given.table.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context['commandName'] !== 'BatchGetItemCommand') return next(args);
        const { RequestItems } = args.input as { RequestItems: Record<string, { Keys: unknown[] }> };
        const [[name, asked]] = Object.entries(RequestItems) as [[string, { Keys: unknown[] }]];
        const left = asked.Keys.slice(most);
        const UnprocessedKeys = left.length > 0 ? { [name]: { Keys: left } } : {};
        if (most === 0) return { response: {}, output: { UnprocessedKeys } as never };
        asked.Keys = asked.Keys.slice(0, most);
        const result = await next(args);
        Object.assign(result.output, { UnprocessedKeys });
        return result;
      },
      { step: 'initialize', name: 'leaveUnprocessed' },
    );
  }
});

describe('what DynamoDB could not store', () => {
  const failed = { kind: 'failed', retryable: false };

  test('is refused for good without being asked for, and nothing of it is kept', async () => {
    await ledger.submit([task('first-of-its-day')]);
    const { calls } = countUnits(given.table);
    expect(await ledger.submit([{ ...task('large'), payload: payloadOf(400 * 1024) }])).toEqual([failed]);
    expect(await ledger.submit([{ ...task('tags'), checkpoint: payloadOf(400 * 1024) }])).toEqual([failed]);
    expect(await ledger.submit([task('x'.repeat(2_048))])).toEqual([failed]);
    expect(calls['PutItem']).toBeUndefined();
    expect(await ledger.get(['large', 'tags'].map(keyOf))).toEqual([undefined, undefined]);
  });

  test('as the outcome of an attempt is refused for good, and the attempt goes on', async () => {
    const running = await life.claimed(await life.submitted());
    await expect(life.succeeded(running, payloadOf(400 * 1024))).rejects.toThrow('"retryable":false');
    expect(await ledger.get([running])).toEqual([running]);
  });

  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters
  test.each([
    [100, 'applied'],
    [101, 'failed'],
  ])('a claim that knows %i payload versions is %s', async (count, kind) => {
    const submitted = await life.submitted();
    const move = life.claimMove(submitted);
    const values = Array.from({ length: count }, (_, i) => i + 1);
    const when = move.when.map((clause) =>
      clause.name === 'payload-version' ? { ...clause, test: { op: 'oneOf' as const, values } } : clause,
    );
    expect(await ledger.apply([{ ...move, when }])).toMatchObject([{ kind }]);
  });

  test('a condition of more than 4 KB is refused for good', async () => {
    const move = life.claimMove(await life.submitted());
    const when = Array.from({ length: 200 }, () => move.when[0]!);
    const { calls } = countUnits(given.table);
    expect(await ledger.apply([{ ...move, when }])).toEqual([failed]);
    expect(calls).toEqual({});
  });
});
