import type { Handler } from '@holdfast/api/handler';
import { expect, it } from 'vitest';
import type { InjectedFault } from '../core/ports.ts';
import { usualTask } from '../testing/given-tasks.ts';
import { attemptStartOf, HandlerAttempt } from './handler-attempt.ts';

/** How an attempt ends whose handler succeeds, and how often that ran. */
function attemptWith(fault: InjectedFault) {
  const ran: string[] = [];
  const handler: Handler = ({ taskId }) => void ran.push(taskId);
  const attempt = new HandlerAttempt(() => undefined);
  const start = attemptStartOf({ task: usualTask(0, { tenant: 'acme', taskId: 'one' }), attempt: 1, fault });
  return { ran, attempt, outcome: attempt.run(start, handler) };
}

it('an attempt that is to fail fails with its class, and its handler is not run', async () => {
  const { outcome, ran } = attemptWith({ delayMs: 0, then: { kind: 'fail', class: 'RATE_LIMIT' } });
  expect(await outcome).toMatchObject({ kind: 'failed', error: { code: 'injected-fault', class: 'RATE_LIMIT' } });
  expect(ran).toEqual([]);
});

it('an attempt that is delayed runs its handler afterwards', async () => {
  const { outcome, ran } = attemptWith({ delayMs: 5, then: { kind: 'run' } });
  expect(ran).toEqual([]);
  expect(await outcome).toEqual({ kind: 'succeeded' });
  expect(ran).toEqual(['one']);
});

it('an attempt that is stopped while it is delayed ends, and its handler is not run', async () => {
  const { attempt, outcome, ran } = attemptWith({ delayMs: 600_000, then: { kind: 'run' } });
  attempt.abort();
  expect(await outcome).toMatchObject({ kind: 'failed', error: { name: 'AbortError' } });
  expect(ran).toEqual([]);
});
