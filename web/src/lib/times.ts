/** Moments in words: how long ago in a cell, and the exact moment beside it. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const exact = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  timeZoneName: 'short',
});

export const exactTime = (atMs: number): string => exact.format(atMs);

/** `now`, `12 s ago`, `in 3 min`. */
export function relativeTime(atMs: number, nowMs: number): string {
  const awayMs = Math.abs(nowMs - atMs);
  if (awayMs < SECOND) return 'now';
  return atMs <= nowMs ? `${duration(awayMs)} ago` : `in ${duration(awayMs, Math.round)}`;
}

/** With one unit: `340 ms`, `12 s`, `3 min`, `2 h`, `5 d`. Down for what has passed; what is to come in a day is not in 23 h a moment later. */
export function duration(lengthMs: number, whole = Math.floor): string {
  if (lengthMs < SECOND) return `${Math.round(lengthMs)} ms`;
  if (lengthMs < MINUTE) return `${whole(lengthMs / SECOND)} s`;
  if (lengthMs < HOUR) return `${whole(lengthMs / MINUTE)} min`;
  if (lengthMs < 2 * DAY) return `${whole(lengthMs / HOUR)} h`;
  return `${whole(lengthMs / DAY)} d`;
}
