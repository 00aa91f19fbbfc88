/** The contract as k6 asks it: each operation typed by its path. Whatever comes back is an answer, and nothing throws. */
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
  /** `problem` is undefined where something else than Holdfast, or nobody, answered; `said` is the JSON that came all the same. */
  | { readonly ok: false; readonly problem: Problem | undefined; readonly why: string; readonly said: unknown }
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
  const { body, params, ...request } = requestOf(method, path, asking);
  return answerOf(http.request(request.method, request.url, body, params));
}

/** The same operation many times, side by side as far as the option `batchPerHost` lets k6; the answers in the order asked. */
export function askEach<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  askings: readonly Asking<Operation<M, P>>[],
): Answer<Good<Operation<M, P>>>[] {
  return http.batch(askings.map((asking) => requestOf(method, path, asking))).map((response) => answerOf(response));
}

function requestOf(method: Method, path: string, asking: Asking<unknown>) {
  const { body, timeoutSeconds = 30 } = asking;
  const name = `${method.toUpperCase()} ${path}`;
  return {
    method: method.toUpperCase(),
    url: URL + filled(path, asking),
    body: body === undefined ? null : JSON.stringify(body),
    params: { headers: { ...headers, ...asking.headers }, tags: { name }, timeout: `${timeoutSeconds}s` },
  };
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
  // Something between may say a date there: no time to wait for.
  const about = { status, tookMs: timings.duration, retryAfterSeconds: Number(given['Retry-After'] ?? 0) || 0 };
  const json = jsonIn(response);
  if (status >= 200 && status < 300 && json !== undefined) return { ...about, ok: true, body: json as Body };
  const problem = typeof (json as Partial<Problem> | undefined)?.code === 'string' ? (json as Problem) : undefined;
  const why = problem?.detail ?? (response.error || `status ${status} without a problem`);
  return { ...about, ok: false, problem, why, said: json };
}

function jsonIn(response: RefinedResponse<'text'>): unknown {
  try {
    return JSON.parse(response.body);
  } catch {
    return undefined;
  }
}
