/** Requests as bytes, right in everything but what a row makes wrong. The connection ends behind each. */

/** By the status and code that it gets, what is sent, by name. */
export type Rows = Readonly<Record<string, Readonly<Record<string, Buffer>>>>;

/** What a server has given before rows are tried, beside the tasks `waiting`, `dead` and `done`, which no row may change. */
export interface Standing {
  /** Of the list of dead tasks, one to a page. */
  readonly cursor: string;
  readonly usedTicket: string;
  readonly expiredTicket: string;
}

export const HOST = 'Host: localhost\r\n';
export const JSON_TYPE = 'Content-Type: application/json\r\n';
export const KEYED = 'Idempotency-Key: key\r\n';

const END = 'Connection: close\r\n';

export const many = (count: number, make: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

/** One line and its headers, each with its line break; text is sent as latin1, so that a header can hold any byte. */
export const ask = (line: string, headers = '', host = HOST): Buffer =>
  Buffer.from(`${line} HTTP/1.1\r\n${host}${END}${headers}\r\n`, 'latin1');

export const get = (target: string, headers = ''): Buffer => ask(`GET ${target}`, headers);

export interface Sending {
  readonly to?: string;
  readonly headers?: string;
}

/** Bytes are sent as they are, text as UTF-8, anything else as JSON; to POST /tasks as JSON unless said otherwise. */
export function post(body: unknown, { to = '/tasks', headers = JSON_TYPE }: Sending = {}): Buffer {
  const text = typeof body === 'string' ? body : (JSON.stringify(body) ?? '');
  const sent = Buffer.isBuffer(body) ? body : Buffer.from(text);
  return Buffer.concat([ask(`POST ${to}`, `${headers}Content-Length: ${sent.length}\r\n`), sent]);
}

/** A submit with this beside what it needs. */
export const task = (fields: object): Buffer => post({ taskId: 'bad', payload: {}, ...fields });

/** A move of a task, without a body. */
export const move = (target: string, headers = ''): Buffer => post('', { to: target, headers });

export const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
