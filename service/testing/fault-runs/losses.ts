/**
 * Which attempts of a task were lost, and to whom they are to be charged: told from the history of its writes, from the starts of its
 * servers and from which process ran what. Of what the core says of itself it believes the status, `failures` and a failure's class
 * alone; neither `crashes` nor `lostInRow` nor `suspect`.
 */
import type { Testimony, WitnessRow } from '../audit.ts';

/** What may end a task that is at no fault: as the matrix says, whatever the core does. */
const CRASHES = 3;
const LOST_IN_ROW = 10;
/** Losses in a row, with the server's own among them, after which a task runs alone. */
const ALONE_AFTER = 3;

export interface Losses {
  /** Alone in its process, or longer than its time-out, since it was last redriven. */
  readonly charged: number;
  readonly inRow: number;
  /** All but those that the server's own death took. */
  readonly lost: number;
  /** The last write ended an attempt in this way, and it is dead now. */
  readonly isDeadOfThem: boolean;
  /** What was charged, and had company in its process. */
  readonly wrongs: readonly string[];
}

export interface Seen {
  /** After which write a server was started. */
  readonly starts: Testimony['starts'];
  /** Of an attempt, by `taskId fence`, whether others were lost with its process. */
  readonly hadCompany: (attempt: string) => boolean;
}

/** A release takes an attempt back to the queue, and charges nobody. */
const isLoss = ({ was, becomes }: WitnessRow, isFailure: boolean): boolean =>
  was === 'running' && ['retrying', 'dead'].includes(becomes) && !isFailure;

export function lossesOf(story: readonly WitnessRow[], { starts, hadCompany }: Seen): Losses {
  let life = { charged: 0, inRow: 0, lost: 0, isAlone: false };
  let claimSeq = 0;
  let isDeadOfThem = false;
  const wrongs: string[] = [];
  for (const [i, row] of story.entries()) {
    const isFailure = row.failures > (story[i - 1]?.failures ?? 0);
    if (row.was !== 'running' && row.becomes === 'running') claimSeq = row.seq;
    if (row.was === 'dead' && row.becomes === 'queued') life = { charged: 0, inRow: 0, lost: 0, isAlone: false };
    if (isFailure) life.inRow = 0;
    if (isFailure && row.class === 'CRASH') wrongs.push(`${row.taskId} was charged for a loss as for a failure`);
    if (row.becomes !== 'dead') isDeadOfThem = false;
    if (!isLoss(row, isFailure)) continue;
    isDeadOfThem = row.becomes === 'dead';
    life.inRow += 1;
    const isOfServer = starts.some((seq) => claimSeq <= seq && seq < row.seq);
    const attempt = `${row.taskId} ${row.fence}`;
    const isCharged = !isOfServer && (row.class === 'TIMEOUT' || life.isAlone);
    if (isCharged && row.class !== 'TIMEOUT' && hadCompany(attempt)) wrongs.push(`${attempt} was not alone`);
    if (isCharged) life.charged += 1;
    if (!isOfServer) life.lost += 1;
    life.isAlone ||= !isOfServer || life.inRow >= ALONE_AFTER;
  }
  const { charged, inRow, lost } = life;
  return { charged, inRow, lost, isDeadOfThem, wrongs };
}

/** Dead of losses, and of as many as it takes. */
export const isDeadRightly = ({ charged, inRow }: Losses): boolean => charged >= CRASHES || inRow >= LOST_IN_ROW;

/** Of each attempt whether the process that it was lost with took others along. `rooms`: of each attempt its process. */
export function companyOf(audit: Testimony['audit'], rooms: ReadonlyMap<string, string>): Seen['hadCompany'] {
  const lostIn = new Map<string, number>();
  for (const story of audit.values())
    for (const [i, row] of story.entries()) {
      const room = rooms.get(`${row.taskId} ${row.fence}`);
      if (room === undefined || !isLoss(row, row.failures > (story[i - 1]?.failures ?? 0))) continue;
      lostIn.set(room, (lostIn.get(room) ?? 0) + 1);
    }
  return (attempt) => (lostIn.get(rooms.get(attempt) ?? '') ?? 0) > 1;
}
