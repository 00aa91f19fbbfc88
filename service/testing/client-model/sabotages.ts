/** One-line sabotages of the service, each with the property that has to notice, and the commands any of which may be the first to. */
import type { Patch } from '../sabotage/patch.ts';
import type { PropertyName } from './play.ts';

export interface ClientSabotage extends Patch {
  readonly noticedIn: PropertyName;
  readonly noticedBy: readonly string[];
}

export const CLIENT_SABOTAGES: readonly ClientSabotage[] = [
  {
    name: 'a replay is answered as new',
    file: 'http/submit-operations.ts',
    line: "        status: kind === 'accepted' ? 202 : 200,",
    becomes: '        status: 202,',
    noticedIn: 'commands',
    noticedBy: ['submit', 'submit again'],
  },
  {
    name: 'a conflict is taken for a replay',
    file: 'core/submit.ts',
    line: "  return result.task.requestHash === task.requestHash ? { kind: 'replayed', task: result.task } : { kind: 'conflict' };",
    becomes: "  return { kind: 'replayed', task: result.task };",
    noticedIn: 'commands',
    noticedBy: ['submit', 'batch'],
  },
  {
    name: 'a redrive keeps the spent budget',
    file: 'core/operator-moves.ts',
    line: '      budgetBase: task.failures,',
    becomes: '',
    noticedIn: 'commands',
    noticedBy: ['redrive'],
  },
  {
    name: 'an edited payload is not run',
    file: 'core/operator-moves.ts',
    line: '      ...(edit && { ...edit, payloadEdited: true }),',
    becomes: '      ...(edit && { payloadEdited: true }),',
    noticedIn: 'commands',
    noticedBy: ['redrive'],
  },
  {
    name: 'a list leaves out the last of a page',
    file: 'http/list-tasks.ts',
    line: '    items: tasks.map((task) => taskView(task, rules)),',
    becomes: '    items: tasks.slice(0, Math.max(1, tasks.length - 1)).map((task) => taskView(task, rules)),',
    noticedIn: 'commands',
    noticedBy: ['list', 'read on', 'the list of all', 'the list of dead'],
  },
  {
    name: 'If-Match is not looked at',
    file: 'core/operate.ts',
    line: '    if (operator.ifVersion !== undefined && operator.ifVersion !== task.version) {',
    becomes: '    if (operator.ifVersion === -1) {',
    noticedIn: 'commands',
    noticedBy: ['cancel', 'redrive', 'discard'],
  },
  {
    name: 'what was discarded stays in the inbox',
    file: 'core/operator-moves.ts',
    line: '    set: { discarded: true, updatedAtMs: nowMs, ...withHistory(task, entry) },',
    becomes: '    set: { updatedAtMs: nowMs, ...withHistory(task, entry) },',
    noticedIn: 'commands',
    noticedBy: ['discard'],
  },
  {
    name: 'a wait does not wait',
    file: 'core/watch.ts',
    line: '      if (isSettled(task) || leftMs <= 0 || signal.aborted) return task;',
    becomes: '      return task;',
    noticedIn: 'commands',
    noticedBy: ['wait', 'settle', 'cancel', 'redrive', 'discard', 'attempt', 'the end of all'],
  },
  {
    name: 'the loser of two moves is told that it won',
    file: 'core/operate.ts',
    line: "    if (result?.kind === 'applied') return won(desk, move, result.task);",
    becomes: '    if (result) return won(desk, move, (result as { task?: LedgerTask }).task ?? task);',
    noticedIn: 'races',
    noticedBy: ['round 1 of a race', 'round 2 of a race', 'round 3 of a race'],
  },
  {
    name: 'a replay is taken for a conflict',
    file: 'core/submit.ts',
    line: "  return result.task.requestHash === task.requestHash ? { kind: 'replayed', task: result.task } : { kind: 'conflict' };",
    becomes: "  return { kind: 'conflict' };",
    noticedIn: 'network',
    noticedBy: ['submit', 'submit many'],
  },
];
