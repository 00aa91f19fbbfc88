/**
 * One-line sabotages of what the load runs promise to measure. Each must break exactly the thresholds that are named here:
 * a run that nobody has seen fail proves little.
 */
import type { LoadPlay } from './load-runs.ts';
import type { Patch } from './patch.ts';

export interface LoadSabotage extends Patch, Pick<LoadPlay, 'scenario'> {
  /** The metrics whose thresholds break, sorted. */
  readonly breaks: readonly string[];
  /** Metrics whose thresholds break as well when what it takes comes about in the run. */
  readonly mayBreak?: readonly string[];
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
    breaks: ['checks', 'errors', 'ids_unbalanced', 'tasks_lost'],
  },
  {
    name: 'backoff without jitter',
    scenario: 'retry',
    file: 'core/rules.ts',
    line: '  return Math.max(backoff.floorMs, Math.round(random * ceiling));',
    becomes: '  return Math.max(backoff.floorMs, ceiling, 0 * random);',
    breaks: ['backoff_position{retry:1}', 'backoff_position{retry:2}'],
  },
  {
    name: 'backoff that is always the floor',
    scenario: 'retry',
    file: 'core/rules.ts',
    line: '  return Math.max(backoff.floorMs, Math.round(random * ceiling));',
    becomes: '  return Math.max(backoff.floorMs, 0 * random * ceiling);',
    breaks: ['backoff_position{retry:1}', 'backoff_position{retry:2}'],
  },
  {
    name: 'backoff that does not grow',
    scenario: 'retry',
    file: 'core/rules.ts',
    line: '  const ceiling = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(n, 30));',
    becomes: '  const ceiling = Math.min(backoff.capMs, backoff.baseMs * 2 ** Math.min(0 * n, 30));',
    breaks: ['backoff_position{retry:2}'],
  },
  {
    name: 'a wait that is announced and not kept',
    scenario: 'retry',
    file: 'core/attempt-moves.ts',
    line: '      notBeforeMs: untilMs,',
    becomes: '      notBeforeMs: at.nowMs,',
    breaks: ['retries_early', 'waits_cut_short'],
  },
  {
    name: 'Retry-After is not heard',
    scenario: 'retry',
    file: 'core/failure.ts',
    line: 'export function afterFailure(task: LedgerTask, { failed, retryAfterMs = 0, random }: Verdict, at: At): Move {',
    becomes:
      'export function afterFailure(task: LedgerTask, { failed, random }: Verdict, at: At): Move { const retryAfterMs = 0;',
    breaks: ['waits_wrong'],
  },
  {
    name: 'an attempt more than the policy allows',
    scenario: 'retry',
    file: 'core/failure.ts',
    line: "  if (failed.failure.class === 'VALIDATION' || used >= policy.maxAttempts) return die(task, failed, at);",
    becomes: "  if (failed.failure.class === 'VALIDATION' || used > policy.maxAttempts) return die(task, failed, at);",
    breaks: ['attempts_wrong'],
  },
  {
    name: 'what is wrong for good is tried again',
    scenario: 'dlq',
    file: 'core/failure.ts',
    line: "  if (failed.failure.class === 'VALIDATION' || used >= policy.maxAttempts) return die(task, failed, at);",
    becomes: '  if (used >= policy.maxAttempts) return die(task, failed, at);',
    breaks: ['checks'],
  },
  {
    name: 'the class that a handler states is not heard',
    scenario: 'dlq',
    file: 'core/failure.ts',
    line: 'export function classify({ class: stated, code, name, status }: ReportedError): FailureClass {',
    becomes:
      'export function classify({ code, name, status }: ReportedError): FailureClass { const stated = undefined;',
    breaks: ['checks'],
  },
  {
    name: 'a redrive without a new budget',
    scenario: 'dlq',
    file: 'core/operator-moves.ts',
    line: '      budgetBase: task.failures,',
    becomes: '',
    breaks: ['checks', 'tasks_misplaced'],
  },
  {
    name: 'a redrive that forgets the edited payload',
    scenario: 'dlq',
    file: 'core/operator-moves.ts',
    line: '      ...(edit && { ...edit, payloadEdited: true }),',
    becomes: '      ...(edit && { payloadEdited: true }),',
    breaks: ['checks', 'inbox_left', 'moves_unexplained', 'tasks_misplaced'],
  },
  {
    name: 'a frame in ten is not sent, and nobody is told',
    scenario: 'live',
    file: 'live/hub.ts',
    line: '    if (!this.isBehind(viewer)) viewer.outlet.send(frame);',
    becomes: '    if (!this.isBehind(viewer) && Math.random() > 0.1) viewer.outlet.send(frame);',
    breaks: ['checks', 'missed_after_resync'],
  },
  {
    name: 'no sweeper while bells are lost',
    scenario: 'faults',
    file: 'core/sweep.ts',
    line: '  if (keys.length === 0) return { looked: 0, moved: 0 };',
    becomes: '  if (keys.length >= 0) return { looked: 0, moved: 0 };',
    breaks: ['bells_unaccounted', 'recovered_bells_lost', 'tasks_unfinished'],
    // A death that could not be announced is announced by the sweeper; until then nobody may redrive it.
    mayBreak: ['checks'],
  },
];
