/** What a task and a page of a list use is the same however many tasks are kept; and no key of the table gets hot. */
import { expect, test } from 'vitest';
import { storedTask } from '../../aws/stored-task.ts';
import { itemKey } from '../../aws/task-item.ts';
import type { LedgerTask } from '../../core/task.ts';
import { usualTask } from '../given-tasks.ts';
import type { Usage } from '../meter/usage.ts';
import { heatBars, isKept } from './bars.ts';
import type { Stage } from './holdfast.ts';
import { failsBySeed, runHoldfast, setStage, settled, startSources, taskOf } from './holdfast.ts';
import { TENANT } from './viewers.ts';
import { WORKLOAD } from './workload.ts';

const DAY_MS = 24 * 3600_000;
const DAYS = 5;
const workload = { ...WORKLOAD, tasks: 50, hasLists: false };

/** Finished tasks of the last days, of which every tenth stands in the inbox; a day has begun before others of it come. */
async function keep(stage: Stage, count: number): Promise<void> {
  const { functions, model, clock } = stage;
  for (let number = 0; number < count; number += 1) {
    const createdAtMs = clock.nowMs() - Math.floor(((number + 1) / (count + 1)) * DAYS * DAY_MS);
    const isDead = number % 10 === 0;
    const ended: Partial<LedgerTask> = isDead ? { status: 'dead', announcement: 'sent' } : { status: 'succeeded' };
    const task = usualTask(createdAtMs, {
      ...{ tenant: TENANT, taskId: `kept-${String(number).padStart(8, '0')}`, fence: 1, attemptsTotal: 1 },
      ...{ finishedAtMs: createdAtMs + 1000, purgeAtMs: createdAtMs + 14 * DAY_MS, ...ended },
    });
    const { dueMs: _, ...finished } = task;
    if (number % (count / 50) === 0) await settled(stage, functions.ports.ledger.submit([task]));
    model.set(itemKey(task), storedTask(finished).item);
  }
}

interface Used {
  readonly tasks: Usage;
  readonly pages: Readonly<Record<string, number>>;
}

const PAGES = ['/tasks?limit=50', '/tasks?limit=50&status=dead', '/tasks/kept-00000017'];

async function usedAmong(count: number): Promise<Used> {
  const stage = await setStage(workload, failsBySeed(workload));
  await keep(stage, count);
  const pages: Record<string, number> = {};
  for (const path of PAGES) {
    stage.book.reset();
    const { status, body } = await settled(stage, stage.request('GET', path));
    if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
    if (path.includes('limit=50') && (JSON.parse(body) as { items: unknown[] }).items.length !== 50)
      throw new Error(`${path} is no whole page.`);
    pages[path] = stage.book.usage.readUnits;
  }
  stage.book.reset();
  const sources = startSources(stage, workload);
  for (let number = 0; number < workload.tasks; number += 1)
    await settled(stage, stage.request('POST', '/tasks', taskOf(number, workload)));
  await stage.play(() => stage.ended.succeeded === workload.tasks && sources.isIdle());
  sources.stop();
  return { tasks: stage.book.usage, pages };
}

test('a task and a page use the same among 1 000 and among 100 000 tasks', async () => {
  const [few, many] = [await usedAmong(1_000), await usedAmong(100_000)];
  expect(many).toEqual(few);
});

test('at 4 000 tasks a second no key of the table gets hot', async () => {
  const { hottest } = await runHoldfast({
    ...WORKLOAD,
    tasks: 8_000,
    perSecond: 4000,
    hasLists: false,
    inBatches: true,
  });
  expect(heatBars(hottest).filter((bar) => !isKept(bar))).toEqual([]);
});
