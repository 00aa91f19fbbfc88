/** What the functions are made of that only tell: the log, and numbers in it. */
import type { Log } from '../core/ports.ts';
import { openLog } from './log.ts';
import { writeLine } from './printed.ts';
import { readLogSettings } from './settings.ts';

export interface TellingParts {
  readonly stage: string;
  readonly log: Pick<Log, 'warn' | 'error'>;
  readonly nowMs: () => number;
  /** A line of numbers. */
  readonly write: (line: string) => void;
}

export function openTelling(): TellingParts {
  const settings = readLogSettings();
  return { stage: settings.stage, log: openLog(settings), nowMs: () => Date.now(), write: writeLine };
}
