/** Words on the axes: the time of day, or the day where that is what differs. */

const DAY_SECONDS = 86_400;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const isMidnight = (moment: Date): boolean => moment.getHours() === 0 && moment.getMinutes() === 0;

/** Marks are `apartSeconds` from each other; all in epoch seconds. */
export function timeMark(atSeconds: number, apartSeconds: number): string {
  const moment = new Date(atSeconds * 1_000);
  return apartSeconds >= DAY_SECONDS || isMidnight(moment) ? day.format(moment) : clock.format(moment);
}

/** A step in a legend or a table: the day is said where steps of several days stand together. */
export const stepMark = (atMs: number, isOverDays: boolean): string =>
  (isOverDays ? dayAndClock : clock).format(new Date(atMs));
