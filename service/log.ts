/**
 * The log: one line per event, JSON for machines and plain for a terminal. Only fields of the list below leave, so that
 * no payload, result or message of a handler can; long values are cut.
 */
import type { Log, LogFields } from './core/ports.ts';

const FIELDS: ReadonlySet<string> = new Set([
  ...['tenant', 'taskId', 'type', 'class', 'code', 'lane', 'fence'],
  ...['requestId', 'operation', 'error', 'place', 'reason'],
  ...['pid', 'lost', 'faults', 'count', 'signal', 'seconds', 'message', 'settings'],
]);
const LONGEST_VALUE = 300;

export interface LogOptions {
  readonly level: 'info' | 'warn';
  readonly isTerminal: boolean;
  readonly write: (line: string) => void;
}

export interface ServerLog extends Log {
  /** What whoever starts a server wants to know at any level. */
  notice(event: string, message: string): void;
}

type Level = 'info' | 'warn' | 'notice';

export function createLog({ level, isTerminal, write }: LogOptions): ServerLog {
  const format = isTerminal ? plainLine : jsonLine;
  const line = (at: Level, event: string, fields: LogFields = {}) => write(`${format(at, event, allowed(fields))}\n`);
  return {
    info: level === 'info' ? (event, fields) => line('info', event, fields) : () => undefined,
    warn: (event, fields) => line('warn', event, fields),
    notice: (event, message) => (isTerminal ? write(`${message}\n`) : line('notice', event, { message })),
  };
}

function allowed(fields: LogFields): LogFields {
  const kept = Object.entries(fields).filter(([name, value]) => FIELDS.has(name) && value !== undefined);
  return Object.fromEntries(kept.map(([name, value]) => [name, typeof value === 'string' ? cut(value) : value]));
}

const cut = (value: string): string => (value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value);

const jsonLine = (level: Level, event: string, fields: LogFields): string =>
  JSON.stringify({ at: new Date().toISOString(), level, event, ...fields });

function plainLine(level: Level, event: string, fields: LogFields): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${plainValue(value)}`);
  return [new Date().toISOString().slice(11, 23), level === 'warn' ? '!' : ' ', event, ...pairs].join(' ');
}

const plainValue = (value: LogFields[string]): string =>
  typeof value === 'string' && /[^\w.:/@-]/.test(value) ? JSON.stringify(value) : String(value);
