import type { BatchResult, Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../core/refusal.ts';
import { costOf } from './body.ts';
import type { Answered, Door } from './door-under-test.ts';
import { openDoor } from './door-under-test.ts';
import type { Limits, LimitsOptions } from './limits.ts';
import { tenantLimits } from './limits.ts';
import { LOCAL } from './principal.ts';

type Asking = Door & { tenant: string; readonly limits: Limits };

/** A door at which the test says whose request it is. */
function limited(options: Partial<LimitsOptions> = {}, scopes = LOCAL.scopes): Asking {
  const rate = { perSecond: 10, burst: 100 };
  const asking = { tenant: 'alpha' };
  const identity = {
    of: () => ({ ...LOCAL, tenant: asking.tenant, scopes }),
    stands: () => true,
    onEnded: () => undefined,
  };
  // The clock is that of the door, which is made with its limits.
  let enter: Limits['enter'] = () => expect.fail('not open yet');
  const limits: Limits = { enter: (principal) => enter(principal) };
  const door = openDoor({ house: { identity, limits } });
  ({ enter } = tenantLimits({ clock: door.house.desk.ports.clock, rate, ...options }));
  return Object.assign(asking, door, { limits });
}

const rateOf = ({ headers }: Answered<unknown>) => headers.get('ratelimit');
const retryOf = ({ headers }: Answered<unknown>) => headers.get('retry-after');
const batch = (count: number) => ({
  tasks: Array.from({ length: count }, (_, i) => ({ taskId: `t${i}`, payload: {} })),
});
const passed = (door: Door, ms: number) => door.time.play(() => false, door.time.nowMs + ms);

async function empty({ ask }: Door): Promise<void> {
  for (let i = 0; i < 100; i += 1) await ask('GET /types');
}

describe('a tenant with a rate', () => {
  it.each([
    ['GET /types', undefined, 200],
    ['POST /tasks', '{', 400],
    ['GET /tasks/none', undefined, 404],
    ['POST /tasks', { payload: 1 }, 422],
  ])('sees in the answer to %s %j, %i, what is left', async (line, body, status) => {
    const answered = await limited().ask(line, body);
    expect(answered.status).toBe(status);
    expect(rateOf(answered)).toBe('"tenant";r=99;t=1');
    expect(answered.headers.get('ratelimit-policy')).toBe('"tenant";q=100;w=10');
  });

  it('that has used it up is refused with the second at which it will pass', async () => {
    const door = limited();
    await empty(door);
    const refused = await door.ask<Problem>('POST /tasks', '{');
    expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 429, code: 'rate-limited' });
    expect([retryOf(refused), rateOf(refused)]).toEqual(['1', '"tenant";r=0;t=1']);
    await passed(door, 1_000);
    expect(rateOf(await door.ask('GET /types'))).toBe('"tenant";r=9;t=10');
  });

  it('is judged before scope, parameters and body, and the state of the server', async () => {
    const door = limited({}, new Set());
    await empty(door);
    for (const line of ['POST /tasks', 'GET /tasks?colour=red']) expect((await door.ask(line)).status).toBe(429);
    door.stop();
    expect((await door.ask('GET /types')).status).toBe(429);
  });

  it('takes nothing from another one, and health is free of all', async () => {
    const door = limited();
    await empty(door);
    door.tenant = 'beta';
    expect(rateOf(await door.ask('GET /types'))).toBe('"tenant";r=99;t=1');
    const health = await door.ask('GET /health');
    expect([health.status, rateOf(health)]).toEqual([200, null]);
  });

  it('is remembered while it matters, whoever else comes', async () => {
    const door = limited();
    await empty(door);
    for (let i = 0; i < 5_000; i += 1) door.limits.enter({ ...LOCAL, tenant: `t${i}` }).leave();
    expect((await door.ask('GET /types')).status).toBe(429);
  });
});

describe('a batch', () => {
  it('costs as many as it has tasks', async () => {
    const answered = await limited().ask<BatchResult>('POST /tasks/batch', batch(30));
    expect([answered.body.results.length, rateOf(answered)]).toEqual([30, '"tenant";r=70;t=3']);
  });

  it('for which the rate is not left is refused as a whole, and costs what it took to read it', async () => {
    const door = limited();
    await door.ask('POST /tasks/batch', batch(30));
    const refused = await door.ask('POST /tasks/batch', batch(90));
    expect([refused.status, retryOf(refused), rateOf(refused)]).toEqual([429, '3', '"tenant";r=69;t=3']);
    expect(door.store.items.size).toBe(30);
    await passed(door, 3_000);
    expect((await door.ask('POST /tasks/batch', batch(90))).status).toBe(200);
  });
});

describe('a body', () => {
  const task = { body: { schema: 'TaskSubmit', maxBytes: 278_528, required: true, judgedAlone: null } } as const;
  const costWith = (headers: Record<string, string>) => costOf({ header: (name) => headers[name] }, task);

  it.each([
    ['', 1],
    ['1', 1],
    ['16384', 1],
    ['16385', 2],
    ['278528', 17],
    ['99999999999', 17],
  ])('of %s bytes costs %i, before it is read', (length, cost) => {
    expect(costWith(length === '' ? {} : { 'content-length': length })).toBe(cost);
  });

  it('of unknown length costs what the largest does, and where none is read there is none', () => {
    expect(costWith({ 'transfer-encoding': 'chunked' })).toBe(17);
    expect(costOf({ header: () => '99999' }, { body: null })).toBe(1);
  });

  it('for which the rate is not left is not read', async () => {
    const door = limited();
    await door.ask('POST /tasks/batch', batch(90));
    const sent = { headers: { 'content-length': '262144', 'content-type': 'text/plain' } };
    expect((await door.ask('POST /tasks', '{', sent)).status).toBe(429);
    expect((await door.ask('POST /tasks', '{', { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
  });
});

describe('requests under way', () => {
  it('are bounded, and a place is free as soon as one is answered', async () => {
    const door = limited({ mostUnderWay: 1 });
    await door.ask('POST /tasks', { taskId: 'one', payload: {} });
    const waiting = door.ask('GET /tasks/one?wait=5');
    const refused = await door.ask<Problem>('GET /types');
    expect([refused.status, refused.body.code, retryOf(refused)]).toEqual([429, 'rate-limited', '1']);
    await passed(door, 5_000);
    expect((await waiting).status).toBe(200);
    expect((await door.ask('GET /types')).status).toBe(200);
  });

  it('end when their client goes away', async () => {
    const door = limited({ mostUnderWay: 1 });
    await door.ask('POST /tasks', { taskId: 'one', payload: {} });
    const leaving = new AbortController();
    const waiting = door.ask('GET /tasks/one?wait=20', undefined, { signal: leaving.signal });
    expect((await door.ask('GET /types')).status).toBe(429);
    leaving.abort();
    await waiting.catch(() => undefined);
    expect((await door.ask('GET /types')).status).toBe(200);
  });
});

describe('who asks on although it is refused', () => {
  it('is answered about a second late, and its own later requests pass as soon as there is room', async () => {
    const door = limited();
    await empty(door);
    for (let i = 0; i < 20; i += 1) expect((await door.ask('GET /types')).status).toBe(429);
    let isAnswered = false;
    const late = door.ask('GET /types').finally(() => (isAnswered = true));
    await passed(door, 499);
    expect(isAnswered).toBe(false);
    await passed(door, 1_001);
    expect((await door.ask('GET /types')).status).toBe(200);
    expect((await late).status).toBe(429);
  });

  it('is refused at once and answered late, so that nothing of what it sent is kept', async () => {
    const { limits, time } = limited();
    for (let i = 0; i < 20; i += 1) {
      const early = limits.enter(LOCAL);
      expect(() => early.charge(101)).toThrow(Refusal);
      expect(await early.answerable(new Refusal('rate-limited', ''))).toMatchObject({ retryAfterSeconds: 1 });
    }
    const entry = limits.enter(LOCAL);
    expect(() => entry.charge(101)).toThrow(Refusal);
    let answer: unknown;
    void Promise.resolve(entry.answerable(new Refusal('rate-limited', 'why'))).then((error) => (answer = error));
    await time.play(() => false, time.nowMs + 499);
    expect(answer).toBeUndefined();
    await time.play(() => false, time.nowMs + 1_001);
    expect(answer).toMatchObject({ code: 'rate-limited', message: 'why' });
  });

  it('keeps at most a thousand refusals waiting: the next ends its connection', async () => {
    const door = limited({ mostUnderWay: 1 });
    await empty(door);
    const late = Array.from({ length: 1_020 }, () => door.ask('GET /types'));
    const last = await door.ask('GET /types');
    expect([last.status, last.headers.get('connection')]).toEqual([429, 'close']);
    await passed(door, 1_500);
    const statuses = new Set(
      (await Promise.all(late)).map(({ status, headers }) => `${status} ${headers.get('connection')}`),
    );
    expect([...statuses]).toEqual(['429 null']);
  });
});
