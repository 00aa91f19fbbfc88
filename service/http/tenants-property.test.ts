// Two tenants that use the same ids, in any order: what each of them sees is what it sees alone. [S14]
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { masked } from '../testing/tenant-matrix.ts';
import type { StoreKind, Tenant, TwoTenants } from '../testing/two-tenants.ts';
import { twoTenants } from '../testing/two-tenants.ts';

const ids = fc.constantFrom('one', 'two', 'three');
const payloads = fc.constantFrom<object>(
  {},
  { data: 1 },
  { failureRate: 1 },
  { failureRate: 1, failureClass: 'VALIDATION' },
  { durationMs: 60_000 },
);
const submits = fc.record({
  taskId: ids,
  payload: payloads,
  ...{ tags: fc.constantFrom(['x'], ['y', 'z']), delaySeconds: fc.constantFrom(0, 0, 5, 700) },
});

interface Asking {
  readonly line: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

const asking: fc.Arbitrary<Asking> = fc.oneof(
  { weight: 4, arbitrary: submits.map((body) => ({ line: 'POST /tasks', body })) },
  fc.array(submits, { minLength: 1, maxLength: 4 }).map((tasks) => ({ line: 'POST /tasks/batch', body: { tasks } })),
  fc.record({ payload: payloads, key: ids }).map(({ payload, key }) => {
    return { line: 'POST /tasks', body: { payload }, headers: { 'idempotency-key': key } };
  }),
  ids.map((id) => ({ line: `GET /tasks/${id}` })),
  fc.record({ id: ids, fence: fc.integer({ min: 1, max: 3 }) }).map(({ id, fence }) => ({
    line: `GET /tasks/${id}/attempts/${fence}`,
  })),
  fc
    .record({ id: ids, move: fc.constantFrom('cancel', 'redrive', 'discard'), version: fc.constantFrom(0, 1, 2, 3, 5) })
    .map(({ id, move, version }) => ({
      line: `POST /tasks/${id}/${move}`,
      ...(version > 0 && { headers: { 'if-match': `"${version}"` } }),
    })),
  fc
    .constantFrom('', 'status=dead', 'status=queued', 'tag=x', 'class=SYSTEM', 'status=dead&type=simulate')
    .map((filter) => ({ line: `GET /tasks?limit=2&${filter}` })),
  fc.constantFrom('15m', '6h', '14d').map((window) => ({ line: `GET /stats?window=${window}` })),
  fc.constant({ line: 'POST /live-tickets' }),
);

/** `both` is time and the sweeper, which know no tenant. */
type Step =
  | { readonly by: Tenant; readonly asks: Asking | 'next page' | 'work' }
  | { readonly by: 'both'; readonly passMs: number };

const steps = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ by: fc.constantFrom<Tenant>('a', 'b'), asks: asking }) },
    {
      weight: 4,
      arbitrary: fc.record({
        by: fc.constantFrom<Tenant>('a', 'b'),
        asks: fc.constantFrom('work' as const, 'work' as const, 'next page' as const),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ by: fc.constant('both' as const), passMs: fc.constantFrom(10, 2_000, 70_000) }),
    },
  ),
  { minLength: 5, maxLength: 40 },
) as fc.Arbitrary<Step[]>;

/** All that `viewer` was answered. */
async function viewOf(house: TwoTenants, viewer: Tenant, played: readonly Step[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  const next: Partial<Record<Tenant, string>> = {};
  for (const step of played) {
    if (step.by === 'both') {
      await house.pass(step.passMs);
      await house.sweep();
    } else if (step.asks === 'work') {
      await house.work(step.by);
    } else {
      const { by, asks } = step;
      const { line, ...request } = asks === 'next page' ? { line: next[by] ?? 'GET /tasks?limit=2' } : asks;
      const answer = await house.ask(by, line, request);
      const link = /<(.+)>/.exec(answer.headers.get('link') ?? '')?.[1];
      if (link !== undefined) next[by] = `GET ${link}`;
      if (by === viewer) seen.push({ line: line.replace(/cursor=.+/, 'cursor'), answer: masked(answer) });
    }
  }
  return seen;
}

describe.each<[StoreKind, number]>([
  ['simulated', 150],
  ['sqlite', 25],
])('on the %s store', (kind, numRuns) => {
  it('each of two tenants sees what it sees when the other is not there', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (played) => {
        const views = [];
        for (const isThere of [() => true, ({ by }: Step) => by !== 'b']) {
          const house = twoTenants(kind);
          views.push(await viewOf(house, 'a', played.filter(isThere)));
          house.close();
        }
        expect(views[0]).toEqual(views[1]);
      }),
      { numRuns },
    );
  });
});
