/**
 * The log: one line per event, JSON for machines and plain for a terminal. Only the fields of the list below leave, so
 * that no payload, result or message of a handler can (what it prints, at debug alone); long values are cut, and no
 * value ends or colours its line.
 */
import type { DebugFields, Log, LogFields } from './core/ports.ts';

/** Complete by type; what comes in through a cast is dropped. */
const FIELDS: Readonly<Record<keyof DebugFields, true>> = {
  ...{ tenant: true, taskId: true, type: true, requestId: true, traceId: true, operation: true },
  ...{ class: true, code: true, outcome: true, error: true, place: true, reason: true },
  ...{ fence: true, attempt: true, status: true, durationMs: true, delayMs: true },
  ...{ pid: true, lost: true, faults: true, looked: true, moved: true, dropped: true },
  printed: true,
};
const LONGEST_VALUE = 300;
export const LOG_LEVELS = ['info', 'debug', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };
const MARK: Readonly<Record<Level, string>> = { debug: '.', info: ' ', notice: ' ', warn: '!', error: '✗' };

export interface LogOptions {
  readonly level: LogLevel;
  readonly isTerminal: boolean;
  /** False when the line is lost, because nobody reads or nobody reads fast enough. */
  readonly write: (line: string) => boolean;
}

export interface ServerLog extends Log {
  /** What whoever starts a server wants to know at any level. */
  notice(event: string, sentences: readonly string[]): void;
}

type Level = LogLevel | 'notice';
type Value = string | number;

export function createLog({ level, isTerminal, write }: LogOptions): ServerLog {
  const format = isTerminal ? plainLine : jsonLine;
  let dropped = 0;
  const line = (text: string): void => {
    if (dropped > 0 && write(`${format('warn', 'log-lines-dropped', { dropped })}\n`)) dropped = 0;
    if (dropped > 0 || !write(`${text}\n`)) dropped += 1;
  };
  const writer = (at: LogLevel) =>
    RANK[at] < RANK[level]
      ? () => undefined
      : (event: string, fields: LogFields = {}) => line(format(at, event, allowed(fields)));
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    notice: (event, sentences) => {
      if (isTerminal) for (const sentence of sentences) line(printable(sentence));
      else line(jsonLine('notice', event, { message: sentences.join(' ') }));
    },
  };
}

function allowed(fields: LogFields): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (!Object.hasOwn(FIELDS, name)) continue;
    if (typeof value === 'number') kept[name] = value;
    else if (typeof value === 'string') kept[name] = cut(value);
  }
  return kept;
}

const cut = (value: string): string => (value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value);

/** Controls, also those of terminals, and what reorders or hides text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const escaped = (char: string): string =>
  Array.from(char.split(''), (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

const printable = (text: string): string => text.replace(UNPRINTABLE, escaped);

const jsonLine = (level: Level, event: string, fields: Readonly<Record<string, Value>>): string =>
  printable(JSON.stringify({ at: new Date().toISOString(), level, event, ...fields }));

function plainLine(level: Level, event: string, fields: Readonly<Record<string, Value>>): string {
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${plainValue(value)}`);
  return [new Date().toISOString().slice(11, 23), MARK[level], event, ...pairs].join(' ');
}

const plainValue = (value: Value): string =>
  typeof value === 'string' && /[^\w.:/@-]/.test(value) ? printable(JSON.stringify(value)) : String(value);
