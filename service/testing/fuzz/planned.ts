/** One request of a plan. What only the server knows stands in it as a token, and is filled in when it is sent. */

import type { Caller } from './callers.ts';

/** `taken`: the contract leaves no reason to refuse it as wrong · `refused`: it is wrong. */
export type Expected = 'taken' | 'refused' | 'either';

export interface Planned {
  readonly index: number;
  /** Undefined where the server asks nobody who he is. */
  readonly caller?: Caller;
  /** Undefined where the request is no operation of the contract any more. */
  readonly operationId: string | undefined;
  /** What was done to it. */
  readonly mutation: string;
  readonly expected: Expected;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer | undefined;
  /** Instead of all this: bytes for a socket. */
  readonly raw?: Buffer;
  /** The client goes away after so long. */
  readonly leaveAfterMs?: number;
}

/** A request under construction: mutations change it in place. */
export interface Draft {
  operationId: string | undefined;
  expected: Expected;
  method: string;
  path: string;
  query: [name: string, value: string][];
  /** Instead of `query`, as it is. */
  queryText?: string;
  headers: Record<string, string | string[]>;
  /** Undefined: no body. */
  body: unknown;
  /** Instead of `body`, as it is. */
  bytes?: Buffer;
  raw?: Buffer;
  leaveAfterMs?: number;
}

export function plannedOf(draft: Draft, { index, mutation }: Pick<Planned, 'index' | 'mutation'>): Planned {
  const { operationId, expected, method, path, query, queryText, headers, body, bytes, raw, leaveAfterMs } = draft;
  const text = queryText ?? new URLSearchParams(query).toString();
  const json = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
  return {
    ...{ index, mutation, operationId, expected, method, headers },
    target: text === '' ? path : `${path}?${text}`,
    body: bytes ?? json,
    ...(raw && { raw }),
    ...(leaveAfterMs !== undefined && { leaveAfterMs }),
  };
}

/** As it can be repeated by hand; long bodies are cut. */
export function described({ method, target, headers, body, raw, mutation }: Planned): string {
  if (raw) return `[${mutation}] ${JSON.stringify(raw.toString('latin1').slice(0, 300))}`;
  const sent = body === undefined ? '' : ` ${body.length} bytes ${JSON.stringify(body.toString().slice(0, 400))}`;
  return `[${mutation}] ${method} ${target.slice(0, 300)} ${JSON.stringify(headers).slice(0, 300)}${sent}`;
}
