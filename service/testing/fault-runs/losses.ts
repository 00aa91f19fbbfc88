/**
 * Which attempts of a task were lost, and to whom they are to be charged: told from the history of its writes, from the starts of its
 * servers and from which process ran what. Of what the core says of itself it believes the status, the time, `failures` and a failure's
 * class alone; neither `crashes` nor `lostInRow` nor `suspect`.
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
  /** From now on it runs alone. */
  readonly isAlone: boolean;
  /** The last write ended an attempt in this way, and it is dead now. */
  readonly isDeadOfThem: boolean;
  /** What was charged and had company, or was no loss at all. */
  readonly wrongs: readonly string[];
}

export interface Seen {
  /** After which write a server was started. */
  readonly starts: Testimony['starts'];
  /** Of an attempt, by `taskId fence`, whether others were lost with its process … */
  readonly hadCompany: (attempt: string) => boolean;
  /** … and whether that has begun another one that was claimed after this write. */
  readonly wentOn: (attempt: string, seq: number) => boolean;
  /** No attempt can be younger that has outlived its time-out; 0 where clocks are wrong. */
  readonly timeoutMs?: number;
  /** Where outcomes could not be written for a while: from this age on an attempt may be ended by the sweeper, and its process live. */
  readonly untoldAfterMs?: number;
}

const isClaim = ({ was, becomes }: WitnessRow): boolean => was !== 'running' && becomes === 'running';
const isFailure = ({ failures }: WitnessRow, before?: WitnessRow): boolean => failures > (before?.failures ?? 0);
/** A release takes an attempt back to the queue, and charges nobody. */
const isLoss = (row: WitnessRow, before?: WitnessRow): boolean =>
  row.was === 'running' && ['retrying', 'dead'].includes(row.becomes) && !isFailure(row, before);

const NEW_LIFE = { charged: 0, inRow: 0, lost: 0, isAlone: false };

export function lossesOf(story: readonly WitnessRow[], seen: Seen): Losses {
  const { starts, hadCompany, wentOn, timeoutMs = 0, untoldAfterMs = Infinity } = seen;
  let life = { ...NEW_LIFE };
  let claim = story[0]!;
  const wrongs: string[] = [];
  for (const [i, row] of story.entries()) {
    if (isClaim(row)) claim = row;
    if (row.was === 'dead' && row.becomes === 'queued') life = { ...NEW_LIFE };
    if (isFailure(row, story[i - 1])) life.inRow = 0;
    if (isFailure(row, story[i - 1]) && row.class === 'CRASH') wrongs.push(`${row.taskId} failed of a loss`);
    if (!isLoss(row, story[i - 1])) continue;
    const attempt = `${row.taskId} ${row.fence}`;
    const isOfServer = starts.some((seq) => claim.seq <= seq && seq < row.seq);
    const hasOverrun = row.class === 'TIMEOUT';
    const isCharged = !isOfServer && (hasOverrun || life.isAlone);
    if (isCharged && !hasOverrun && hadCompany(attempt)) wrongs.push(`${attempt} was charged, and not alone`);
    const ageMs = row.atMs - claim.atMs;
    if (hasOverrun && ageMs < timeoutMs) wrongs.push(`${attempt} had its time-out after ${ageMs} ms`);
    if (!isOfServer && ageMs < untoldAfterMs && wentOn(attempt, row.seq))
      wrongs.push(`${attempt} was lost, and its process went on`);
    life.inRow += 1;
    if (isCharged) life.charged += 1;
    if (!isOfServer) life.lost += 1;
    life.isAlone ||= !isOfServer || life.inRow >= ALONE_AFTER;
  }
  return { ...life, isDeadOfThem: isDeadOfLoss(story), wrongs };
}

function isDeadOfLoss(story: readonly WitnessRow[]): boolean {
  const end = story.findLastIndex(({ was }) => was === 'running');
  return story.at(-1)?.becomes === 'dead' && end > 0 && isLoss(story[end]!, story[end - 1]);
}

/** Dead of losses, and of as many as it takes. */
export const isDeadRightly = ({ charged, inRow }: Losses): boolean => charged >= CRASHES || inRow >= LOST_IN_ROW;

type Rooms = Pick<Seen, 'hadCompany' | 'wentOn'>;

/** `rooms`: of each attempt, by `taskId fence`, the process that began it. */
export function inRooms(audit: Testimony['audit'], rooms: ReadonlyMap<string, string>): Rooms {
  const lost = new Map<string, number>();
  const lastClaim = new Map<string, number>();
  for (const story of audit.values())
    for (const [i, row] of story.entries()) {
      const room = rooms.get(`${row.taskId} ${row.fence}`);
      if (room === undefined) continue;
      if (isClaim(row)) lastClaim.set(room, Math.max(lastClaim.get(room) ?? 0, row.seq));
      if (isLoss(row, story[i - 1])) lost.set(room, (lost.get(room) ?? 0) + 1);
    }
  const of = (numbers: ReadonlyMap<string, number>, attempt: string) => numbers.get(rooms.get(attempt) ?? '') ?? 0;
  return {
    hadCompany: (attempt) => of(lost, attempt) > 1,
    wentOn: (attempt, seq) => of(lastClaim, attempt) > seq,
  };
}
