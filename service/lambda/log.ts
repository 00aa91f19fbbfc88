/** The log of a function: JSON lines on its standard output, which Lambda keeps as they are. */
import type { ServerLog } from '../log.ts';
import { createLog } from '../log.ts';
import { writeLine } from './printed.ts';
import type { LogSettings } from './settings.ts';

export const openLog = ({ logLevel }: LogSettings): ServerLog =>
  createLog({ level: logLevel, isTerminal: false, write: writeLine });
