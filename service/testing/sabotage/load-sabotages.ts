/**
 * One-line sabotages of what the load runs promise to measure. Each must break exactly the thresholds that are named here:
 * a run that nobody has seen fail proves little.
 */
import type { ScenarioName } from '../../../load/host/arguments.ts';
import type { Patch } from './patch.ts';

export interface LoadSabotage extends Patch {
  readonly scenario: ScenarioName;
  /** The metrics whose thresholds break, sorted. */
  readonly breaks: readonly string[];
}

export const LOAD_SABOTAGES: readonly LoadSabotage[] = [
  {
    name: 'a task is kept under a second id, too',
    scenario: 'smoke',
    file: 'core/submit.ts',
    line: '  const results = await ports.ledger.submit(tasks);',
    becomes:
      '  await ports.ledger.submit(tasks.map((t) => ({ ...t, taskId: `${t.taskId}-b` }))); const results = await ports.ledger.submit(tasks);',
    breaks: ['tasks_twice'],
  },
  {
    name: 'a receipt for a task that was not stored',
    scenario: 'smoke',
    file: 'core/submit.ts',
    line: '  const results = await ports.ledger.submit(tasks);',
    becomes:
      "  const results = await Promise.all(tasks.map(async (t) => t.taskId.includes('-7-') ? { kind: 'created' as const, task: t } : (await ports.ledger.submit([t]))[0]!));",
    breaks: ['checks', 'errors', 'tasks_lost'],
  },
];
