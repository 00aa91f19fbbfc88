// However many rows another tenant has: each read of one begins in the index at its own. [S14]
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { List, TaskFilter } from '../core/search.ts';
import { newTask } from '../testing/conformance/engine-under-test.ts';
import type { StorageUnderTest } from '../testing/given-storage.ts';
import { clockOf, newDataDir, storageUnderTest } from '../testing/given-storage.ts';
import { VirtualTime } from '../testing/virtual-time.ts';
import { LedgerReads } from './ledger-reads.ts';
import { openDatabase, Sqlite } from './sqlite.ts';
import { SqliteStatistics } from './statistics.ts';

describe('a query of one tenant', () => {
  let dataDir: string;
  let sqlite: Sqlite;
  const asked = new Set<string>();
  const clock = clockOf(new VirtualTime());

  beforeEach(() => {
    dataDir = newDataDir();
    sqlite = openDatabase(dataDir);
    asked.clear();
    const { database } = sqlite;
    const prepare = database.prepare.bind(database);
    database.prepare = (sql) => {
      asked.add(sql);
      return prepare(sql);
    };
  });
  afterEach(() => {
    sqlite.close();
    rmSync(dataDir, { recursive: true });
  });

  /** How the tables are read, as the planner says it. Rows that are joined by their id come from one of the others. */
  const plansOf = (sql: string) =>
    (sqlite.rows(`EXPLAIN QUERY PLAN ${sql}`) as unknown as [number, number, number, string][])
      .map(([, , , detail]) => detail)
      .filter((detail) => /^(SCAN|SEARCH) (task|statistics)/.test(detail) && !detail.includes('INTEGER PRIMARY KEY'));

  test('finds its rows by the tenant first, in every index', async () => {
    const reads = new LedgerReads(sqlite, clock);
    const statistics = new SqliteStatistics(sqlite, clock);
    const filters: TaskFilter[] = [{}, { status: 'queued' }, { type: 't' }, { class: 'SYSTEM', tag: 'x' }];
    const lists = (['all', 'dead'] as List[]).flatMap((list) => filters.map((only) => ({ list, only })));
    for (const query of lists) await reads.list({ tenant: 'a', limit: 2, ...query });
    await reads.get([{ tenant: 'a', taskId: 'one' }]);
    await reads.attemptDetail({ tenant: 'a', taskId: 'one' }, 1);
    await reads.oldestOverdue('a', 1);
    await reads.ready({ tenant: 'a', limit: 2 });
    await statistics.since('a', 300_000, 1);
    statistics.counts('a');
    for (const sql of [...asked]) {
      const plans = plansOf(sql);
      expect(plans.length, sql).toBeGreaterThan(0);
      for (const plan of plans) expect(plan).toMatch(/^SEARCH .*\((tenant=\?|is_pending=\? AND tenant=\?)/);
    }
  });
});

describe('a look for what is overdue', () => {
  let storage: StorageUnderTest;
  beforeEach(() => void (storage = storageUnderTest()));
  afterEach(() => storage.close());

  /** 300 tenants with three tasks each, whose times are mixed; the last of them have nothing that is due. */
  async function givenMany() {
    const nowMs = storage.nowMs();
    const tasks = Array.from({ length: 900 }, (_, n) => {
      const dueMs = n % 300 < 280 ? nowMs + ((n * 7_919) % 9_000) : nowMs + 90_000;
      return newTask(nowMs, { tenant: `of-${n % 300}`, taskId: `${n}`, dueMs });
    });
    await storage.ledger.submit(tasks);
    await storage.pass(8_000);
    const due = tasks.filter(({ dueMs }) => dueMs! <= storage.nowMs());
    return due.sort((one, other) => one.dueMs! - other.dueMs!).map(({ tenant, taskId }) => ({ tenant, taskId }));
  }

  test.each([1, 7, 200, 1_000])('names the oldest of all tenants, at most %i', async (limit) => {
    const oldest = await givenMany();
    expect(oldest.length).toBeGreaterThan(700);
    expect(await storage.ledger.overdue(storage.nowMs(), limit)).toEqual(oldest.slice(0, limit));
  });

  test('asks the database about those tenants alone whose tasks are named', async () => {
    await givenMany();
    const asked = [vi.spyOn(Sqlite.prototype, 'rows'), vi.spyOn(Sqlite.prototype, 'row')];
    expect(await storage.ledger.overdue(storage.nowMs(), 5)).toHaveLength(5);
    expect(asked.flatMap(({ mock }) => mock.calls).length).toBeLessThanOrEqual(1 + 5);
    vi.restoreAllMocks();
  });
});

describe('a tenant with a long line', () => {
  let storage: StorageUnderTest;
  beforeEach(async () => {
    storage = storageUnderTest();
    const nowMs = storage.nowMs();
    const line = Array.from({ length: 1_500 }, (_, n) => ({ ...newTask(nowMs, { taskId: `b-${n}` }), tenant: 'b' }));
    await storage.ledger.submit(line.map((task, n) => ({ ...task, dueMs: nowMs + (n < 750 ? 1 : 90_000) })));
    await storage.ledger.submit([newTask(nowMs, { taskId: 'own', dueMs: nowMs + 2_000 })]);
    await storage.pass(5_000);
  });
  afterEach(() => storage.close());

  test("hides nobody else's oldest overdue task", async () => {
    expect(await storage.ledger.oldestOverdue('alpha', storage.nowMs())).toMatchObject({ taskId: 'own' });
  });

  test('takes its turn when bells are brought back, and what is overdue is looked at oldest first', async () => {
    expect(await storage.ledger.tenantsWaiting()).toEqual(['alpha', 'b']);
    const { bells } = await storage.ledger.ready({ tenant: 'alpha', limit: 1_000 });
    expect(bells.map(({ taskId }) => taskId)).toEqual(['own']);
    const overdue = await storage.ledger.overdue(storage.nowMs(), 1_000);
    expect(overdue).toHaveLength(751);
    expect(overdue.at(-1)).toEqual({ tenant: 'alpha', taskId: 'own' });
  });
});
