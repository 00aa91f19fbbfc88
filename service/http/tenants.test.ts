// Whatever a tenant asks, and whatever of another tenant's it knows: the answer, and the work behind it, are those of a house
// in which the other tenant is not. [S14]
import { operations } from '@holdfast/api/operations';
import type { NewApiKey, TaskPage } from '@holdfast/api/types';
import { afterEach, describe, expect, it } from 'vitest';
import type { Foreign } from '../testing/tenant-matrix.ts';
import { MARK, masked, MATRIX } from '../testing/tenant-matrix.ts';
import type { StoreKind, Tenant, TwoTenants } from '../testing/two-tenants.ts';
import { twoTenants } from '../testing/two-tenants.ts';

const DEAD = { failureRate: 1, failureClass: 'VALIDATION', data: MARK };
const RUNNING = { durationMs: 60_000, data: MARK };

const KEY = `key ${MARK}`;

let houses: TwoTenants[] = [];
afterEach(() => {
  for (const house of houses.splice(0)) house.close();
  houses = [];
});

function open(kind: StoreKind): TwoTenants {
  const house = twoTenants(kind);
  houses.push(house);
  return house;
}

const submit = (house: TwoTenants, tenant: Tenant, task: object) =>
  house.ask(tenant, 'POST /tasks', { body: { payload: {}, ...task } });

/** A task in each state, under these ids; and one more of each kind of name. */
async function settle(house: TwoTenants, tenant: Tenant, ids: readonly string[]): Promise<void> {
  const [dead, done, running, scheduled] = ids;
  const tags = [MARK];
  await submit(house, tenant, { taskId: dead, payload: DEAD, tags });
  await submit(house, tenant, { taskId: done, payload: { data: MARK }, tags });
  await submit(house, tenant, { taskId: running, payload: RUNNING, tags });
  await submit(house, tenant, { taskId: scheduled, delaySeconds: 3_600, tags });
  const headers = { 'idempotency-key': KEY };
  await house.ask(tenant, 'POST /tasks', { body: { payload: { data: MARK } }, headers });
  await house.work(tenant);
}

const IDS = ['dead', 'done', 'running', 'scheduled'].map((state) => `${MARK}-${state}`);
/** Both have tasks with these ids. */
const OWN = ['own', 'own-dead'];

/** What `b` has; of a house without `b` nothing is of use but its look. */
async function foreignOf(house: TwoTenants): Promise<Foreign> {
  await settle(house, 'b', IDS);
  for (const taskId of OWN) await submit(house, 'b', { taskId, payload: { data: MARK } });
  const page = await house.ask('b', 'GET /tasks?limit=1');
  const made = await house.ask('b', 'POST /keys', { body: { name: MARK, scopes: ['tasks:read'] } });
  return {
    taskIds: [...IDS, ...OWN],
    idempotencyKey: KEY,
    cursor: (page.body as unknown as TaskPage).nextCursor!,
    keyId: (made.body as Partial<NewApiKey>).keyId ?? 'k7x2m9qp4dtw',
  };
}

/** `a` has tasks of its own, one of them under an id of `b`. */
async function ownTasks(house: TwoTenants): Promise<void> {
  await submit(house, 'a', { taskId: 'own' });
  await submit(house, 'a', { taskId: 'own-dead', payload: { failureRate: 1, failureClass: 'VALIDATION' } });
  await house.work('a');
  await house.pass(2_000);
}

it('of every operation there is a row of what to ask with the ids of another tenant', () => {
  expect(Object.keys(MATRIX).sort()).toEqual(Object.keys(operations).sort());
});

describe.each<StoreKind>(['simulated', 'sqlite'])('of another tenant, on the %s store,', (kind) => {
  it.each(Object.entries(MATRIX))('%s tells nothing, and costs what an unknown id costs', async (_, row) => {
    const [shared, alone] = [open(kind), open(kind)];
    const foreign = await foreignOf(shared);
    for (const house of [shared, alone]) {
      await ownTasks(house);
      await house.ask('a', 'GET /tasks?limit=1'); // the secret of the cursors is known from now on
    }
    for (const { line, ...request } of row(foreign)) {
      const answers = [];
      // Whatever a cache keeps of it is now the other's.
      if (!line.includes('wait=')) await shared.ask('b', line, request);
      for (const house of [shared, alone]) {
        house.calls();
        answers.push({ answer: masked(await house.ask('a', line, request)), calls: house.calls() });
      }
      expect({ line, ...answers[0] }).toEqual({ line, ...answers[1] });
    }
  });

  it('everything stays as it was, whatever is asked with its ids', async () => {
    const house = open(kind);
    const foreign = await foreignOf(house);
    const look = async () => {
      const lines = [
        ...[...IDS, ...OWN].map((id) => `GET /tasks/${id}`),
        'GET /tasks',
        'GET /tasks?status=dead',
        'GET /keys',
      ];
      return Promise.all(lines.map(async (line) => (await house.ask('b', line)).body));
    };
    const before = await look();
    const asked = Object.values(MATRIX).flatMap((row) => row(foreign));
    for (const { line, ...request } of asked) if (!line.includes('wait=')) await house.ask('a', line, request);
    await house.work('a');
    expect(await look()).toEqual(before);
  });

  it('no change wakes who waits for a task of the same id', async () => {
    const [shared, alone] = [open(kind), open(kind)];
    const seen = [];
    for (const house of [shared, alone]) {
      await submit(house, 'a', { taskId: 'same', delaySeconds: 60 });
      house.calls();
      const waits = house.ask('a', 'GET /tasks/same?wait=20');
      if (house === shared) {
        await submit(house, 'b', { taskId: 'same' });
        await house.work('b');
      }
      await house.pass(21_000);
      seen.push({ answer: masked(await waits), looks: house.calls().filter((call) => call === 'ledger.get 1').length });
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]!.looks).toBeGreaterThan(10);
  });
});
