/** Answers as they leave: JSON, under their request id, kept by no cache and shown in no frame. */
import type { Log } from '../core/ports.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Call } from './call.ts';
import type { Fault } from './problems.ts';
import { headersOf, noteFault, problemOf, refusalOf } from './problems.ts';

/** What an operation answers; its type in the contract is narrower. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string | number>>;
}

type Headers = Record<string, string>;

/** Plain objects: the adapter for Node writes them as they are. An answer that a browser shows as a page runs nothing. */
export function securityHeaders(requestId: string): Headers {
  return {
    'X-Request-Id': requestId,
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}

export function jsonAnswer(call: Call, { status, body, headers }: Answer): Response {
  const all = securityHeaders(call.requestId);
  all['Content-Type'] = 'application/json';
  for (const name in headers) all[name] = String(headers[name]);
  return new Response(JSON.stringify(body), { status, headers: all });
}

export function problemAnswer(requestId: string, refusal: Refusal, headers: Headers = {}): Response {
  const problem = problemOf(refusal, requestId);
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: {
      ...securityHeaders(requestId),
      'Content-Type': 'application/problem+json',
      ...headersOf(refusal),
      ...headers,
    },
  });
}

export const emptyAnswer = (requestId: string, headers: Headers): Response =>
  new Response(null, { status: 204, headers: { ...securityHeaders(requestId), ...headers } });

/** The answer to whatever was thrown. */
export function errorAnswer(log: Log, fault: Fault): Response {
  noteFault(log, fault);
  return problemAnswer(fault.requestId, refusalOf(fault.error));
}
