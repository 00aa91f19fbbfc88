/**
 * The rows of the fault matrix that real processes play, and what a run of one of them has shown. Every row takes its share of
 * mixed tasks, strikes while they run, heals, and waits until all of them are final.
 */
export type EngineName = 'one-machine' | 'twin';

export interface Verdict {
  /** How often the fault struck; a row in which it did not proves nothing. */
  readonly injected: number;
  readonly tasks: number;
  /** Accepted and not there, or not where a task of its kind ends. */
  readonly lost: number;
  /** More than one success in the history of its writes. */
  readonly twice: number;
  /** Dead, and neither by failures of its own, nor alone in its process three times, nor by ten losses in a row. */
  readonly falseDead: number;
  /** From the healing to the last final state. */
  readonly recoveryMs: number;
  /** Of 99 tasks in a hundred, attempts that were lost taken off. Undefined where the doorbell is in the memory of the server. */
  readonly bells?: number;
  /** What else is wrong, as sentences; also why a row's own expectation is not met. */
  readonly wrongs: readonly string[];
  /** What is worth knowing and not wrong. */
  readonly notes?: readonly string[];
}

export interface Row {
  readonly id: `F${number}`;
  readonly engine: EngineName;
  /** For the table: what is struck, and how. */
  readonly fault: string;
  play(tasks: number): Promise<Verdict>;
}

/** What rows have in common: a stage that is up for all of them, or nothing. */
export interface Rows {
  readonly rows: readonly Row[];
  start(): Promise<void>;
  stop(): Promise<void>;
}
