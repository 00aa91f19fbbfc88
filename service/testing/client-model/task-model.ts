/**
 * What a client may rely on about one task, written from the contract: the states it can be in, what happens to it in the
 * background, and which answers each state allows. An answer narrows what is possible; an answer that no possible state
 * allows breaks the contract. Versions only rise, and a state that nothing in the background changes keeps its own.
 */
import type { Task, TaskDetail } from '@holdfast/api/types';
import type { Script } from './errands.ts';
import { MOST_ATTEMPTS, UNTIL_CANCELLED_MS } from './errands.ts';
import type { Operation, State, TaskRequest } from './state.ts';
import { mismatchOf } from './views.ts';

export type Action =
  | { readonly kind: 'get' }
  | { readonly kind: 'submit'; readonly request: TaskRequest }
  | {
      readonly kind: Operation;
      readonly ifVersion?: number;
      readonly reason?: string;
      /** Of a redrive. */
      readonly edit?: Script;
    };

export interface Answer {
  readonly status: number;
  /** Of a problem. */
  readonly code?: string;
  readonly task?: Task | TaskDetail;
}

const NO_SCRIPT: Script = { word: '', failures: 0, class: 'SYSTEM', retryAfterMs: 0, lastsMs: 0 };
const NO_REQUEST: TaskRequest = { type: 'errand', payload: NO_SCRIPT };

export const ABSENT: State = {
  ...{ phase: 'absent', request: NO_REQUEST, script: NO_SCRIPT, payloadEdited: false, discarded: false },
  ...{ attempt: 0, outcomes: [], history: [], version: 0, seen: true },
};

const FINAL = ['succeeded', 'dead', 'cancelled'];
/** No write follows but one that a client asks for. */
const isAtRest = ({ phase }: State): boolean => phase === 'absent' || FINAL.includes(phase);
/** Further ahead than any run lasts. */
const isFarAhead = ({ request: { delaySeconds = 0 } }: State): boolean => delaySeconds > 600;

type Ending = 'lasts' | 'succeeds' | 'fails' | 'dies';

function endingOf({ script, attempt, request }: State): Ending {
  if (script.lastsMs >= UNTIL_CANCELLED_MS) return 'lasts';
  if (attempt > script.failures) return 'succeeds';
  return script.class === 'VALIDATION' || attempt >= MOST_ATTEMPTS[request.type] ? 'dies' : 'fails';
}

const ended = (state: State, phase: State['phase'], outcome: State['outcomes'][number]): State => ({
  ...state,
  phase,
  outcomes: [...state.outcomes, outcome],
});

/** What the next write in the background may make of it. */
function becomes(state: State): State[] {
  switch (state.phase) {
    case 'scheduled':
    case 'ready':
      return isFarAhead(state) && state.phase === 'scheduled'
        ? []
        : [{ ...state, phase: 'running', attempt: state.attempt + 1 }];
    case 'running':
      return {
        lasts: [],
        succeeds: [ended(state, 'succeeded', 'succeeded')],
        fails: [ended(state, 'ready', 'failed')],
        dies: [ended(state, 'dying', 'failed')],
      }[endingOf(state)];
    case 'stopping': {
      const faster = endingOf(state) === 'succeeds' ? [ended(state, 'succeeded', 'succeeded')] : [];
      return [ended(state, 'cancelled', 'cancelled'), ...faster];
    }
    case 'dying':
      return [{ ...state, phase: 'dead' }];
    default:
      return [];
  }
}

const next = (state: State): State[] =>
  becomes(state).map((later) => ({ ...later, version: state.version + 1, seen: false }));

/** All that it can have become meanwhile, itself included. */
export function meanwhile(states: readonly State[]): State[] {
  const all = new Map<string, State>();
  const add = (state: State): void => {
    const key = JSON.stringify(state);
    if (all.has(key)) return;
    all.set(key, state);
    for (const later of next(state)) add(later);
  };
  for (const state of states) add(state);
  return [...all.values()];
}

/** Whether nothing happens to it any more before a client does something. */
export const isQuiet = (state: State): boolean => next(state).length === 0;
export const isFinal = ({ phase }: State): boolean => FINAL.includes(phase);

/** As a view shows it; nothing when it cannot be what is shown. */
function shown(state: State, { task }: Answer): State[] {
  if (task === undefined || mismatchOf(state, task) !== undefined) return [];
  const fits = isAtRest(state) && state.seen ? task.version === state.version : task.version >= state.version;
  return fits ? [{ ...state, version: task.version, seen: true }] : [];
}

const refused = (state: State, answer: Answer, problem: string): State[] =>
  `${answer.status} ${answer.code}` === problem ? [state] : [];

/** By its fields, whatever their order. */
const sameRequest = (a: TaskRequest, b: TaskRequest): boolean => canonical(a) === canonical(b);
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

function created(request: TaskRequest): State {
  const phase = (request.delaySeconds ?? 0) > 0 ? 'scheduled' : 'ready';
  return { ...ABSENT, phase, request, script: request.payload, version: 1, seen: false };
}

function submitted(state: State, request: TaskRequest, answer: Answer): State[] {
  if (state.phase === 'absent') {
    return answer.status === 202 ? meanwhile([created(request)]).flatMap((each) => shown(each, answer)) : [];
  }
  if (!sameRequest(state.request, request)) return refused(state, answer, '409 conflict');
  return answer.status === 200 ? shown(state, answer) : [];
}

type Order = Extract<Action, { readonly kind: Operation }>;

/** What the order makes of it: the status of the answer and the new state, or the problem. */
function judged(state: State, { kind, reason, edit }: Order): { status: number; state: State } | string {
  const changed = {
    ...{ version: state.version + 1, seen: false },
    history: [...state.history, { move: kind, reason: reason ?? null }],
  };
  if (state.phase === 'absent') return '404 not-found';
  if (kind === 'cancel') {
    if (FINAL.includes(state.phase) || state.phase === 'dying') return '409 task-final';
    if (state.phase === 'stopping') return { status: 202, state };
    if (state.phase === 'running') return { status: 202, state: { ...state, ...changed, phase: 'stopping' } };
    return { status: 200, state: { ...state, ...changed, phase: 'cancelled' } };
  }
  if (state.phase === 'dying') return '409 not-announced-yet';
  if (state.phase !== 'dead') return '409 not-dead';
  if (kind === 'discard') {
    return { status: 200, state: state.discarded ? state : { ...state, ...changed, discarded: true } };
  }
  const anew = { phase: 'ready', attempt: 0, discarded: false, script: edit ?? state.script } as const;
  return { status: 202, state: { ...state, ...changed, ...anew, payloadEdited: state.payloadEdited || !!edit } };
}

function ordered(state: State, order: Order, answer: Answer): State[] {
  const outcome = judged(state, order);
  const { ifVersion } = order;
  const known = isAtRest(state) && state.seen;
  const mayBeStale = ifVersion !== undefined && !(known && ifVersion === state.version);
  const mayBeCurrent = ifVersion === undefined || (known ? ifVersion === state.version : ifVersion >= state.version);
  const stale = mayBeStale && state.phase !== 'absent' ? refused(state, answer, '412 stale-version') : [];
  if (typeof outcome === 'string') return [...stale, ...refused(state, answer, outcome)];
  const least = Math.max(outcome.state.version, outcome.state === state ? 0 : (ifVersion ?? 0) + 1);
  const made = mayBeCurrent && answer.status === outcome.status;
  return [...stale, ...(made ? shown({ ...outcome.state, version: least }, answer) : [])];
}

function allows(state: State, action: Action, answer: Answer): State[] {
  if (action.kind === 'submit') return submitted(state, action.request, answer);
  if (action.kind !== 'get') return ordered(state, action, answer);
  if (state.phase === 'absent') return refused(state, answer, '404 not-found');
  return answer.status === 200 ? shown(state, answer) : [];
}

/** What is possible after this answer to this action; nothing when no possible state allows it. */
export function after(states: readonly State[], action: Action, answer: Answer): State[] {
  const left = meanwhile(states).flatMap((state) => allows(state, action, answer));
  return [...new Map(left.map((state) => [JSON.stringify(state), state])).values()];
}

export interface Call {
  readonly action: Action;
  readonly answer: Answer;
}

/** What is possible after calls that were made at once, in whatever order they were carried out. */
export function afterAll(states: readonly State[], calls: readonly Call[]): State[] {
  if (calls.length === 0) return [...states];
  const left = calls.flatMap(({ action, answer }, i) => {
    const then = after(states, action, answer);
    return then.length === 0 ? [] : afterAll(then, calls.toSpliced(i, 1));
  });
  return [...new Map(left.map((state) => [JSON.stringify(state), state])).values()];
}

/** What is possible when the action may have been carried out, or not: nobody was told. */
export function untold(states: readonly State[], action: Action): State[] {
  const made = meanwhile(states).flatMap((state) => {
    if (action.kind === 'get') return [];
    if (action.kind === 'submit') return state.phase === 'absent' ? [created(action.request)] : [];
    const { ifVersion = Infinity } = action;
    const outcome = judged(state, action);
    return typeof outcome === 'string' || ifVersion < state.version ? [] : [outcome.state];
  });
  return [...states, ...made];
}
