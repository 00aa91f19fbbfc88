import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bucket, type Rate } from '../../service/http/bucket.ts';
import { VirtualTime } from '../../service/testing/virtual-time.ts';
import { FakeService, jsonResponse, problemOf, taskOf, type Post } from './fake-service.ts';
import { createHoldfast, isProblem, ProblemError, Unreachable, type AnyTypes, type RetryOptions } from './index.ts';

function given(retry?: RetryOptions) {
  const time = new VirtualTime();
  const service = new FakeService();
  const timing = {
    nowMs: () => time.nowMs,
    after: (ms: number, run: () => void) => time.after(ms, run),
    random: () => 0.5,
  };
  const holdfast = createHoldfast<AnyTypes>({ baseUrl: 'http://holdfast.test', fetch: service.fetch, retry, timing });
  service.delay = () => new Promise((resolve) => void time.after(1, resolve));
  return { time, service, holdfast };
}

/** Plays virtual time until it has settled, and answers what it came to. */
async function settled<T>(time: VirtualTime, promise: Promise<T>): Promise<PromiseSettledResult<T>> {
  let isOver = false;
  const outcome = Promise.allSettled([promise]).finally(() => (isOver = true));
  await time.play(() => isOver, time.nowMs + 3_600_000);
  return (await outcome)[0];
}

async function fulfilled<T>(time: VirtualTime, promise: Promise<T>): Promise<T> {
  const outcome = await settled(time, promise);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

const sizes = (posts: readonly Post[]): number[] => posts.map(({ items }) => items.length);

test('the submits of one turn share requests of at most 100, and one alone goes as it is', async () => {
  const { time, service, holdfast } = given();
  const many = Array.from({ length: 250 }, () => holdfast.submit('simulate', {}));
  await fulfilled(time, Promise.all(many));
  await fulfilled(time, holdfast.submit('simulate', {}));
  expect(sizes(service.posts)).toEqual([100, 100, 50, 1]);
  expect(service.posts.map(({ path }) => path)).toEqual(['/tasks/batch', '/tasks/batch', '/tasks/batch', '/tasks']);
});

/** As a service does that lets so many tasks of a client in. */
function limited({ time, service }: Pick<ReturnType<typeof given>, 'time' | 'service'>, rate: Rate): void {
  const bucket = new Bucket(rate);
  service.admit = (items) => {
    if (bucket.take(items, time.nowMs)) return undefined;
    const seconds = Math.max(1, Math.ceil(bucket.missingMs(items, time.nowMs) / 1000));
    return jsonResponse(429, problemOf('rate-limited', 429, true), { 'Retry-After': String(seconds) });
  };
}

test.each<Rate & { readonly tasks: number }>([
  { perSecond: 500, burst: 1_000, tasks: 10_000 },
  { perSecond: 100, burst: 100, tasks: 3_000 },
  { perSecond: 10, burst: 100, tasks: 1_000 },
])('$tasks tasks of one turn all get in where $perSecond a second may, however long it takes', async (rate) => {
  const { time, service, holdfast } = given();
  limited({ time, service }, rate);
  const startMs = time.nowMs;
  const submissions = Array.from({ length: rate.tasks }, () => ({ type: 'simulate', payload: {} }));
  const outcomes = await fulfilled(time, holdfast.submitMany(submissions));
  expect(outcomes.filter(({ error }) => error !== null).length).toBe(0);
  expect(service.tasks.size).toBe(rate.tasks);
  // What is refused is asked for again once or twice, not by each of those that wait.
  expect(service.posts.length).toBeLessThanOrEqual(4 * (rate.tasks / 100));
  const leastMs = ((rate.tasks - rate.burst) / rate.perSecond) * 1000;
  expect(time.nowMs - startMs).toBeLessThanOrEqual(2 * leastMs);
});

test('clients that share a rate wait for each other, and none gives up while both move on', async () => {
  const { time, service, holdfast } = given();
  limited({ time, service }, { perSecond: 100, burst: 100 });
  const timing = { nowMs: () => time.nowMs, after: (ms: number, run: () => void) => time.after(ms, run) };
  // One comes soon after the other, always.
  const other = createHoldfast<AnyTypes>({
    baseUrl: 'http://holdfast.test',
    fetch: service.fetch,
    timing: { ...timing, random: () => 0.4 },
  });
  const submissions = Array.from({ length: 1_000 }, () => ({ type: 'simulate', payload: {} }));
  const outcomes = await fulfilled(time, Promise.all([holdfast, other].map((each) => each.submitMany(submissions))));
  expect(outcomes.flat().filter(({ error }) => error !== null).length).toBe(0);
  expect(service.tasks.size).toBe(2_000);
});

test('where nothing gets in, each request gives up after its tries, and every caller is told', async () => {
  const { time, service, holdfast } = given({ attempts: 3 });
  service.admit = () => jsonResponse(429, problemOf('rate-limited', 429, true), { 'Retry-After': '1' });
  const submissions = Array.from({ length: 450 }, () => ({ type: 'simulate', payload: {} }));
  const outcomes = await fulfilled(time, holdfast.submitMany(submissions));
  expect(outcomes.every(({ error }) => isProblem(error, 'rate-limited'))).toBe(true);
  expect(service.posts.length).toBeLessThanOrEqual(450);
  service.admit = () => undefined;
  await fulfilled(time, holdfast.submit('simulate', {}));
});

test('submits gather while two requests are under way', async () => {
  const { time, service, holdfast } = given();
  const producers = Array.from({ length: 50 }, async () => {
    for (let i = 0; i < 5; i++) await holdfast.submit('simulate', { i });
  });
  await fulfilled(time, Promise.all(producers));
  expect(service.mostInFlight).toBeLessThanOrEqual(2);
  expect(service.tasks.size).toBe(250);
  expect(service.posts.length).toBe(5);
});

test('every caller gets its own answer, whatever is refused, kept back, lost or late', async () => {
  const outcome = fc.constantFrom('ok', 'ok', 'refused', 'late');
  const items = fc.array(fc.record({ outcome, turn: fc.nat(3), bytes: fc.constantFrom(1, 400_000 / 4) }), {
    maxLength: 150,
  });
  const property = fc.asyncProperty(items, fc.array(fc.boolean(), { maxLength: 2 }), async (list, failures) => {
    const { time, service, holdfast } = given();
    const seen = new Set<string>();
    const tooMuch = () => jsonResponse(429, problemOf('rate-limited', 429, true), { 'Retry-After': '1' });
    service.failures.push(...failures.map((isLost) => (isLost ? new TypeError('fetch failed') : tooMuch())));
    service.judge = ({ taskId, tags }) => {
      if (tags![0] === 'refused') return problemOf('validation', 422, false);
      const isLate = tags![0] === 'late' && !seen.has(taskId!);
      seen.add(taskId!);
      return isLate ? problemOf('type-unavailable', 503, true) : undefined;
    };
    const calls = list.map(async ({ outcome: tag, turn, bytes }, index) => {
      await new Promise<void>((resolve) => void time.after(turn, resolve));
      return holdfast.submit('simulate', { filler: 'x'.repeat(bytes) }, { taskId: `task${index}`, tags: [tag] });
    });
    const answers = await fulfilled(time, Promise.allSettled(calls));
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 'fulfilled') expect(answer.value.taskId).toBe(`task${index}`);
      expect(answer.status).toBe(list[index]!.outcome === 'refused' ? 'rejected' : 'fulfilled');
    }
    expect(service.mostInFlight).toBeLessThanOrEqual(2);
    for (const { items: sent, bytes } of service.posts) {
      expect(sent.length).toBeLessThanOrEqual(100);
      expect(bytes).toBeLessThanOrEqual(1_048_576);
    }
  });
  await fc.assert(property, { numRuns: 60 });
});

test('a submit that got no answer is sent again with the same id, and is one task', async () => {
  const { time, service, holdfast } = given();
  service.failures.push(new TypeError('fetch failed'), jsonResponse(503, problemOf('stopping', 503, true)));
  const { taskId } = await fulfilled(time, holdfast.submit('simulate', {}));
  expect(service.posts.map(({ items }) => items[0]!.taskId)).toEqual([taskId, taskId, taskId]);
  expect(taskId).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(taskId).not.toContain('3');
});

test('after the last try the caller hears why', async () => {
  const { time, service, holdfast } = given({ attempts: 2 });
  service.failures.push(...Array.from({ length: 2 }, () => new TypeError('fetch failed')));
  expect(await settled(time, holdfast.submit('simulate', {}))).toMatchObject({
    reason: expect.any(Unreachable) as Error,
  });
  service.failures.push(...Array.from({ length: 2 }, () => new Response(null, { status: 500 })));
  const empty = await settled(time, holdfast.submit('simulate', {}));
  expect(empty).toMatchObject({ reason: { code: 'http-500', status: 500, retryable: true } });
  expect(service.posts.length).toBe(4);
});

test('Retry-After is waited for, but not for ever', async () => {
  const { time, service, holdfast } = given({ capMs: 8000 });
  const stopping = problemOf('stopping', 503, true);
  service.failures.push(jsonResponse(503, stopping, { 'Retry-After': '5' }));
  const startedMs = time.nowMs;
  await fulfilled(time, holdfast.submit('simulate', {}));
  expect(time.nowMs - startedMs).toBeGreaterThanOrEqual(5000);
  service.failures.push(jsonResponse(503, stopping, { 'Retry-After': '86400' }));
  const againMs = time.nowMs;
  await fulfilled(time, holdfast.submit('simulate', {}));
  expect(time.nowMs - againMs).toBeLessThan(9000);
});

test('a refusal alone and in a batch is the same error', async () => {
  const { time, service, holdfast } = given();
  service.judge = ({ type }) => (type === 'nope' ? problemOf('unknown-task-type', 422, false) : undefined);
  const alone = await settled(time, holdfast.submit('nope', {}));
  const [together] = await fulfilled(
    time,
    holdfast.submitMany([
      { type: 'nope', payload: {} },
      { type: 'simulate', payload: {} },
    ]),
  );
  const { code, status, message } = (alone as PromiseRejectedResult).reason as ProblemError;
  expect(together!.error).toMatchObject({ code, status, message, retryable: false });
  expect(together!.error).toBeInstanceOf(ProblemError);
});

test('an abort ends its own submit alone', async () => {
  const { time, service, holdfast } = given();
  const waiting = new AbortController();
  const aborted = holdfast.submit('simulate', {}, { taskId: 'gone', signal: waiting.signal });
  const other = holdfast.submit('simulate', {}, { taskId: 'stays', signal: new AbortController().signal });
  waiting.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  await expect(fulfilled(time, other)).resolves.toMatchObject({ taskId: 'stays' });
  expect(service.posts.map(({ items }) => items.map(({ taskId }) => taskId))).toEqual([['stays']]);
});

test('an idempotency key and a large payload go alone', async () => {
  const { time, service, holdfast } = given();
  const large = { filler: 'x'.repeat(100_000) };
  const calls = [
    holdfast.submit('a', {}),
    holdfast.submit('b', {}, { idempotencyKey: 'k' }),
    holdfast.submit('c', large),
    holdfast.submit('d', {}),
  ];
  await fulfilled(time, Promise.all(calls));
  expect(sizes(service.posts)).toEqual([1, 1, 1, 1]);
  expect(service.posts.map(({ idempotencyKey }) => idempotencyKey)).toEqual([undefined, 'k', undefined, undefined]);
  expect(service.posts[1]!.items[0]).not.toHaveProperty('taskId');
});

test('a request holds at most 1 MiB, counted in bytes', async () => {
  const { time, service, holdfast } = given();
  const filler = 'é'.repeat(30_000);
  await fulfilled(time, Promise.all(Array.from({ length: 40 }, () => holdfast.submit('a', { filler }))));
  expect(sizes(service.posts)).toEqual([17, 17, 6]);
  for (const { bytes } of service.posts) expect(bytes).toBeLessThanOrEqual(1_048_576);
});

test('a batch that is refused as a whole for its body is sent task by task', async () => {
  const { time, service, holdfast } = given();
  service.failures.push(jsonResponse(413, problemOf('payload-too-large', 413, false)));
  await fulfilled(time, Promise.all([holdfast.submit('a', {}), holdfast.submit('b', {})]));
  expect(sizes(service.posts)).toEqual([2, 1, 1]);
});

test('a payload that JSON cannot hold rejects its own submit', async () => {
  const { time, holdfast } = given();
  await expect(holdfast.submit('a', { big: 1n })).rejects.toThrow(TypeError);
  await expect(fulfilled(time, holdfast.submit('b', {}))).resolves.toMatchObject(
    taskOf('', { type: 'b', taskId: expect.any(String) as string }),
  );
});

test.each([1, 2])(
  'a 200 of something in between is no answer to %i submits, and they are sent again',
  async (count) => {
    const { time, service, holdfast } = given();
    service.failures.push(jsonResponse(200, { login: 'please' }), jsonResponse(200, [null]));
    const many = Array.from({ length: count }, () => holdfast.submit('simulate', {}));
    const tasks = await fulfilled(time, Promise.all(many));
    expect(tasks.map(({ taskId }) => service.tasks.has(taskId))).toEqual(many.map(() => true));
    expect(service.posts.length).toBe(3);
  },
);

test('a batch that is refused for the rate is sent again as it was, once the rate allows it', async () => {
  const { time, service, holdfast } = given();
  service.failures.push(jsonResponse(429, problemOf('rate-limited', 429, true), { 'Retry-After': '3' }));
  const startedMs = time.nowMs;
  const sent = holdfast.submitMany([1, 2].map((n) => ({ type: 'simulate', payload: { n } })));
  expect((await fulfilled(time, sent)).map(({ task }) => task?.status)).toEqual(['queued', 'queued']);
  expect(time.nowMs - startedMs).toBeGreaterThanOrEqual(3_000);
  const ids = service.posts.map(({ items }) => items.map(({ taskId }) => taskId));
  expect(ids.length).toBe(2);
  expect(ids[1]).toEqual(ids[0]);
});
