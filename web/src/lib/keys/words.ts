/** Times and refusals of API keys in words. */
import { isProblem } from '@holdfast/sdk';

const DAY_SECONDS = 86_400;

/** How long a new key lives, in seconds from now; null until it is revoked. */
export const LIVES = [
  ['30 days', 30 * DAY_SECONDS],
  ['90 days', 90 * DAY_SECONDS],
  ['a year', 365 * DAY_SECONDS],
  ['until it is revoked', null],
] as const;

/** How long the secret before works on, in seconds. */
export const GRACES = [
  ['not at all', 0, 'After a leak. Whoever uses the key and has not got the new one is refused at once.'],
  ['an hour', 3_600, 'For one service that you deploy yourself now.'],
  ['a day', DAY_SECONDS, 'Both secrets work for a day: time to give the new one to whoever uses the key.'],
  ['a week', 7 * DAY_SECONDS, 'Both secrets work for a week. Not after a leak.'],
] as const;

/** What a conflict means here; undefined for what its own words say well enough. */
export function conflictOf(error: unknown): string | undefined {
  if (isProblem(error, 'key-ended'))
    return 'This key has been revoked or has expired meanwhile. Make a new one instead.';
  if (isProblem(error, 'too-many-keys'))
    return 'The tenant has as many keys as it may: 100 that work. Revoke those that nobody uses.';
  if (isProblem(error, 'not-found')) return 'This key is not there any more: it ended more than 30 days ago.';
  return undefined;
}
