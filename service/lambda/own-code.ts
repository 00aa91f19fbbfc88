/**
 * What own handlers print, and throw where nobody catches it, from when they are loaded on: the log has masked lines of it at
 * debug, and names alone of what ends the process. To be called before they are loaded.
 */
import { namesOf } from '../core/names-of.ts';
import { openLog } from './log.ts';
import { capturePrinted } from './printed.ts';
import type { LogSettings } from './settings.ts';

export function guardOwnCode(settings: LogSettings): void {
  const log = openLog(settings);
  capturePrinted((printed) => log.debug('printed', { printed }));
  const fall = (error: unknown): void => {
    log.error('process-fell', namesOf(error));
    process.exit(1);
  };
  // Before the runtime's own listeners, which would print the message, and with it whatever a handler has put there.
  process.prependListener('uncaughtException', fall).prependListener('unhandledRejection', fall);
}
