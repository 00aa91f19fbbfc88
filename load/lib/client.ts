/** The contract as k6 asks it: one function for every operation, typed by its path. A request is answered or throws nothing. */
import type { paths, Problem } from '@holdfast/api/types';
import http, { type RefinedResponse } from 'k6/http';
import { KEY, URL } from './settings.ts';

type Method = 'get' | 'post' | 'put';
type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, { responses: unknown }> ? P : never;
}[keyof paths];
type Operation<M extends Method, P extends PathOf<M>> = paths[P][M];

type Json<Responses, Status extends number> = {
  [S in keyof Responses & Status]: Responses[S] extends { content: { 'application/json': infer Body } } ? Body : never;
}[keyof Responses & Status];
type Good<O> = O extends { responses: infer Responses } ? Json<Responses, 200 | 201 | 202> : never;
type Sent<O> = O extends { requestBody?: { content: { 'application/json': infer Body } } } ? Body : undefined;
type Query<O> = O extends { parameters: { query?: infer Q } } ? Q : never;
type InPath<O> = O extends { parameters: { path: infer P } } ? P : never;

export interface Asking<O> {
  readonly path?: InPath<O>;
  readonly query?: Query<O>;
  readonly body?: Sent<O>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutSeconds?: number;
}

export type Answer<Body> = {
  /** 0: there was no answer. */
  readonly status: number;
  readonly tookMs: number;
  readonly retryAfterSeconds: number;
} & (
  | { readonly ok: true; readonly body: Body }
  /** `problem` is undefined where something else than Holdfast, or nobody, answered. */
  | { readonly ok: false; readonly problem: Problem | undefined; readonly why: string }
);

const headers = {
  'Content-Type': 'application/json',
  ...(KEY !== undefined && { Authorization: `Bearer ${KEY}` }),
};

export function ask<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  asking: Asking<Operation<M, P>> = {},
): Answer<Good<Operation<M, P>>> {
  const { timeoutSeconds = 30 } = asking;
  const body = asking.body === undefined ? null : JSON.stringify(asking.body);
  const response = http.request(method.toUpperCase(), URL + filled(path, asking), body, {
    headers: { ...headers, ...asking.headers },
    tags: { name: `${method.toUpperCase()} ${path}` },
    timeout: `${timeoutSeconds}s`,
  });
  return answerOf(response);
}

type Values = Readonly<Record<string, unknown>>;

function filled(path: string, { path: names, query }: { path?: unknown; query?: unknown }): string {
  const place = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String((names as Values)[name])));
  const given = Object.entries((query ?? {}) as Values).filter(([, value]) => value !== undefined);
  const search = given.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  return search === '' ? place : `${place}?${search}`;
}

function answerOf<Body>(response: RefinedResponse<'text'>): Answer<Body> {
  const { status, timings, headers: given } = response;
  const about = { status, tookMs: timings.duration, retryAfterSeconds: Number(given['Retry-After'] ?? 0) };
  const json = jsonIn(response);
  if (status >= 200 && status < 300 && json !== undefined) return { ...about, ok: true, body: json as Body };
  const problem = typeof (json as Partial<Problem> | undefined)?.code === 'string' ? (json as Problem) : undefined;
  const why = problem?.detail ?? (response.error || `status ${status} without a problem`);
  return { ...about, ok: false, problem, why };
}

function jsonIn(response: RefinedResponse<'text'>): unknown {
  try {
    return JSON.parse(response.body);
  } catch {
    return undefined;
  }
}
