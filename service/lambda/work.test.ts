import type { Handler } from '@holdfast/api/handler';
import { TaskFailure } from '@holdfast/api/handler';
import { expect, it } from 'vitest';
import { LedgerUnavailable } from '../core/ports.ts';
import { redriveTask } from '../core/operate.ts';
import { SECOND } from '../core/rules.ts';
import { GivenFunctions, messageOf } from '../testing/given-functions.ts';
import { FUNCTION_TIMEOUT_MS } from './types.ts';

const fine: Handler = ({ attempt }) => ({ attempt });
const fail: Handler = () => {
  throw new TaskFailure('no', { class: 'SYSTEM', code: 'E1' });
};
const hang: Handler = () => new Promise(() => undefined);

/** Delivers what was rung until nothing is. */
async function workOff(given: GivenFunctions): Promise<void> {
  for (let messages; (messages = await given.rung()).length > 0;) await given.deliver(messages);
}

const DONE = { batchItemFailures: [] };

it('a bell becomes an attempt and its outcome, and what was held is sent before the invocation ends', async () => {
  const given = new GivenFunctions({ quick: fine });
  await given.submit();
  expect(await given.deliver(await given.rung())).toEqual(DONE);
  expect(given.task()).toMatchObject({ status: 'succeeded', result: '{"attempt":1}', fence: 1 });
  expect(given.flushes).toBe(1);
});

it('what a long attempt does is told while it runs', async () => {
  const given = new GivenFunctions({
    quick: () => new Promise((resolve) => given.ports.clock.timer(3_500, () => resolve({}))),
  });
  await given.submit();
  await workOff(given);
  expect(given.task()?.status).toBe('succeeded');
  expect(given.flushes).toBe(3 + 1);
});

it('a handler gets what one gets on one machine', async () => {
  const seen: object[] = [];
  const given = new GivenFunctions({ quick: (input) => void seen.push(input) });
  await given.submit({ payload: { a: 1 } });
  await workOff(given);
  expect(seen).toMatchObject([{ payload: { a: 1 }, tenant: 'alpha', taskId: 'one', attempt: 1, fence: 1 }]);
  expect(Object.keys(seen[0]!).sort()).toEqual([
    'attempt',
    'fence',
    'idempotencyKey',
    'log',
    'payload',
    'payloadVersion',
    'progress',
    'signal',
    'taskId',
    'tenant',
  ]);
});

it('a failed attempt is rung for again after its backoff, and the last one is announced [S7]', async () => {
  const given = new GivenFunctions({ quick: fail });
  await given.submit();
  await workOff(given);
  expect(given.task()).toMatchObject({
    status: 'dead',
    failures: 3,
    announcement: 'sent',
    lastFailure: { code: 'E1' },
  });
  expect(given.announced).toEqual(['one']);
});

it('a redriven task runs again, with a budget of its own', async () => {
  let isMended = false;
  const given = new GivenFunctions({ quick: (input) => (isMended ? fine(input) : fail(input)) });
  await given.submit();
  await workOff(given);
  isMended = true;
  await given.until(redriveTask(given.desk, { tenant: 'alpha', taskId: 'one' }, { subject: 'ann' }));
  await workOff(given);
  expect(given.task()).toMatchObject({ status: 'succeeded', result: '{"attempt":1}', fence: 4 });
});

it('a message delivered twice, at once or later, changes nothing [S3][S4]', async () => {
  const given = new GivenFunctions({ quick: fine });
  await given.submit();
  const [message] = await given.rung();
  expect(await given.deliver([message!, message!])).toEqual(DONE);
  expect(await given.deliver([message!])).toEqual(DONE);
  expect(given.task()).toMatchObject({ status: 'succeeded', fence: 1 });
});

it('exactly the messages that are no bells are given back; the others are done', async () => {
  const given = new GivenFunctions({ quick: fine });
  await given.submit();
  const [message] = await given.rung();
  const strange = ['', '{', '{}', 'null'].map((body) => ({ lane: 'fresh' as const, body }));
  const answer = await given.deliver([strange[0]!, message!, ...strange.slice(1)]);
  const itemIdentifiers = ['m0', 'm2', 'm3', 'm4'].map((itemIdentifier) => ({ itemIdentifier }));
  expect(answer).toEqual({ batchItemFailures: itemIdentifiers });
  expect(given.task().status).toBe('succeeded');
});

it('a message of a queue that is no lane fails the batch', async () => {
  const given = new GivenFunctions({ quick: fine });
  const message = { lane: 'else' as 'fresh', body: '{}' };
  await expect(given.deliver([message])).rejects.toThrow('no lane');
});

it('when the ledger cannot be asked the bell is rung anew and its message done, the others run', async () => {
  const given = new GivenFunctions({ quick: fine });
  await given.submit({ taskId: 'down' });
  await given.submit();
  const { ledger } = given.ports;
  const apply: typeof ledger.apply = async (moves) =>
    moves.some(({ taskId }) => taskId === 'down') ? [{ kind: 'failed', retryable: true }] : ledger.apply(moves);
  given.ports = { ...given.ports, ledger: { ...ledger, apply } };
  const messages = await given.rung();
  expect(await given.deliver(messages)).toEqual(DONE);
  expect(given.task().status).toBe('succeeded');
  expect(given.bells).toMatchObject([{ taskId: 'down', lane: 'fresh' }]);
  expect(given.bells[0]!.notBeforeMs).toBe(given.nowMs + SECOND);
});

it('of k bells that cannot be rung anew either, exactly k messages are given back', async () => {
  const given = new GivenFunctions({ quick: fine });
  for (const taskId of ['down-1', 'one', 'down-2']) await given.submit({ taskId });
  const messages = await given.rung();
  const { ledger } = given.ports;
  const apply: typeof ledger.apply = async (moves) => {
    if (moves.some(({ taskId }) => taskId.startsWith('down'))) throw new LedgerUnavailable('down');
    return ledger.apply(moves);
  };
  const doorbell = {
    ...given.ports.doorbell,
    ring: (bells: readonly object[]) => Promise.resolve(bells.map(() => 'failed' as const)),
  };
  given.ports = { ...given.ports, ledger: { ...ledger, apply, get: (keys) => ledger.get(keys) }, doorbell };
  const { batchItemFailures } = await given.deliver(messages);
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(['m0', 'm2']);
});

it('a fault of ours gives its message back, is logged without its words, and harms no other', async () => {
  const given = new GivenFunctions({ quick: fine });
  for (const taskId of ['bad', 'one']) await given.submit({ taskId });
  const messages = await given.rung();
  const { ledger } = given.ports;
  const apply: typeof ledger.apply = async (moves) => {
    if (moves.some(({ taskId }) => taskId === 'bad')) throw new RangeError('secret');
    return ledger.apply(moves);
  };
  given.ports = { ...given.ports, ledger: { ...ledger, apply } };
  expect(await given.deliver(messages)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  expect(given.task().status).toBe('succeeded');
  expect(given.lines).toMatchObject([{ event: 'attend-failed', fields: { taskId: 'bad', error: 'RangeError' } }]);
  expect(JSON.stringify(given.lines)).not.toContain('secret');
});

it('a handler that does not stop ends its process: it alone is charged, its neighbours are released [S13]', async () => {
  const patient: Handler = () => given.pause(400 * SECOND);
  const given = new GivenFunctions({ quick: hang, slow: patient }, { timeoutMs: 100 * SECOND });
  await given.submit();
  await given.submit({ taskId: 'beside', type: 'slow', runAt: new Date(given.nowMs + 1_500).toISOString() });
  await given.deliver(given.bells.splice(0).map(messageOf));
  expect(given.task()).toMatchObject({
    status: 'retrying',
    crashes: 1,
    suspect: true,
    attempts: [{ class: 'TIMEOUT' }],
  });
  expect(given.task('beside')).toMatchObject({
    status: 'queued',
    crashes: 0,
    failures: 0,
    attempts: [{ outcome: 'released' }],
  });
  expect(given.exits).toBe(1);
});

it('poison is dead with class TIMEOUT after three lost attempts of its own', async () => {
  const given = new GivenFunctions({ quick: hang });
  await given.submit();
  await workOff(given);
  expect(given.task()).toMatchObject({ status: 'dead', crashes: 3, lastFailure: { class: 'TIMEOUT' } });
  expect(given.exits).toBe(3);
});

it('ten seconds before Lambda ends the process, what runs is stopped and released, and nobody is charged', async () => {
  const willing: Handler = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('stopped'))));
  const given = new GivenFunctions({ quick: willing }, { timeoutMs: 280 * SECOND });
  await given.submit();
  const messages = await given.rung();
  const beganAtMs = given.nowMs;
  expect(await given.deliver(messages, 60 * SECOND)).toEqual(DONE);
  expect(Math.round((given.nowMs - beganAtMs) / SECOND)).toBe(50);
  expect(given.task()).toMatchObject({ status: 'queued', failures: 0, attempts: [{ outcome: 'released' }] });
  expect([given.bells.length, given.exits]).toEqual([1, 0]);
});

it('an attempt may take its whole time-out within one invocation', async () => {
  const given: GivenFunctions = new GivenFunctions(
    { quick: () => given.pause(279 * SECOND) },
    { timeoutMs: 280 * SECOND },
  );
  await given.submit();
  expect(await given.deliver(await given.rung(), FUNCTION_TIMEOUT_MS)).toEqual(DONE);
  expect(given.task()).toMatchObject({ status: 'succeeded', fence: 1 });
});

it('after an isolated attempt that left something running the process ends, its outcome written', async () => {
  const given = new GivenFunctions({ quick: fine });
  given.leavesBehind = true;
  await given.submit();
  await given.submit({ taskId: 'two' });
  const [first, second] = given.bells.splice(0);
  await given.deliver([messageOf(first!)]);
  expect(given.exits).toBe(0); // beside others nobody is charged
  await given.deliver([messageOf({ ...second!, lane: 'isolated' })]);
  expect(given.task('two')).toMatchObject({ status: 'succeeded' });
  expect(given.exits).toBe(1);
});

it('isolated bells run one after the other, each alone in the process', async () => {
  let [here, most] = [0, 0];
  const counting: Handler = async () => {
    most = Math.max(most, (here += 1));
    await given.pause(SECOND);
    here -= 1;
  };
  const given = new GivenFunctions({ quick: counting });
  for (const taskId of ['one', 'two']) {
    await given.submit({ taskId });
    given.world.store.items.set(`alpha/${taskId}`, { ...given.task(taskId), suspect: true });
  }
  const bells = given.bells.splice(0).map((bell) => messageOf({ ...bell, lane: 'isolated' }));
  expect(await given.deliver(bells)).toEqual(DONE);
  expect([given.task('one').status, given.task('two').status, most]).toEqual(['succeeded', 'succeeded', 1]);
});

it('a suspect task is not begun beside others, whatever lane its bell came from', async () => {
  const given = new GivenFunctions({ quick: fine });
  await given.submit();
  given.world.store.items.set('alpha/one', { ...given.task(), suspect: true });
  expect(await given.deliver(await given.rung())).toEqual(DONE);
  expect(given.task()).toMatchObject({ status: 'queued', fence: 0 });
});

it('a task of a type that this bundle does not hold waits for one that does', async () => {
  const given = new GivenFunctions({});
  await given.submit();
  expect(await given.deliver(await given.rung())).toEqual(DONE);
  expect(given.task()).toMatchObject({ status: 'queued', waiting: { reason: 'unknown-type' }, failures: 0 });
});
