/** What the handlers of the scenarios do, by the kind in the payload. */
import type { Run, RunOutcome, Runner, RunRequest } from '../../core/ports.ts';
import { SECOND } from '../../core/rules.ts';
import type { House } from './house.ts';
import type { Mortal } from './mortal.ts';

export type Kind = 'fine' | 'flaky' | 'permanent' | 'mended' | 'slow' | 'sliced' | 'later' | 'poison';

const LAST_SLICE = 2;
/** In seconds; it says every second how far it is. */
const SLOW = 4;

const failure = (className: 'SYSTEM' | 'VALIDATION'): RunOutcome => ({
  kind: 'failed',
  error: { name: 'Played', message: 'as it was told to', class: className },
  log: { lines: [], truncated: false },
});
const FINE: RunOutcome = { kind: 'succeeded', result: '{"ok":true}' };

/** How it ends; `lost`: with its process. */
const ENDS: Readonly<Record<Kind, (request: RunRequest) => RunOutcome | 'lost'>> = {
  fine: () => FINE,
  flaky: ({ attempt }) => (attempt < 3 ? failure('SYSTEM') : FINE),
  permanent: () => failure('VALIDATION'),
  mended: ({ task }) => (task.history.some(({ move }) => move === 'redrive') ? FINE : failure('VALIDATION')),
  slow: () => FINE,
  later: () => FINE,
  sliced: ({ task: { checkpoint = '0' } }) =>
    Number(checkpoint) < LAST_SLICE
      ? { kind: 'checkpoint', state: String(Number(checkpoint) + 1), delayMs: 200 }
      : FINE,
  poison: ({ isolated }) => (isolated ? FINE : 'lost'),
};

export function handlersOf(by: Mortal, house: House, onStart?: (request: RunRequest) => void): Runner {
  const { clock } = by;
  return {
    start: (request): Run => {
      onStart?.(request);
      const { kind } = JSON.parse(request.task.payload) as { kind: Kind };
      const { promise, resolve } = Promise.withResolvers<RunOutcome>();
      const seconds = kind === 'slow' ? SLOW : 0;
      for (let at = 1; at < seconds; at += 1) clock.timer(at * SECOND, () => request.onProgress({ percent: at }));
      clock.timer(seconds * SECOND + 50, () => {
        const end = ENDS[kind](request);
        if (end !== 'lost') resolve(end);
        else house.loseHandler(by, () => resolve({ kind: 'gone', cause: 'crashed' }));
      });
      return {
        outcome: promise,
        abort: () => void clock.timer(20, () => resolve(failure('SYSTEM'))),
        kill: () => resolve({ kind: 'gone', cause: 'overran' }),
      };
    },
  };
}
