/** Why a task is where it is, in a few words: what it waits for, or what went wrong last. */
import type { Task, WaitingReason } from '@holdfast/api/types';

const WAITS: Readonly<Record<WaitingReason, string>> = {
  scheduled: 'waits for its time',
  backoff: 'backs off',
  'crash-backoff': 'backs off after a crash',
  'unknown-type': 'its type is not installed',
  breaker: 'held back: its type fails too often',
  rate: 'held back: the rate of its type',
  pause: 'its type is paused',
  order: 'waits for the task before it',
};

export function reasonOf({ waiting, lastFailure, progress, status, cancelRequested }: Task): string {
  const failure = lastFailure && status !== 'succeeded' ? `${lastFailure.class} · ${lastFailure.message}` : '';
  const wait = waiting ? (WAITS[waiting.reason] ?? waiting.reason) : '';
  const going = status === 'running' && progress ? `${progress.percent} % ${progress.message ?? ''}` : '';
  const asked = cancelRequested && status !== 'cancelled' ? 'cancel requested' : '';
  return [asked, going, wait, failure].filter(Boolean).join(' · ');
}
