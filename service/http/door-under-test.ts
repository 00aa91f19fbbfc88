/**
 * The app as tests ask it: every answer to every request is held against the contract, so that no test can pass on an
 * answer that a client generated from it would not understand.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OperationId } from '@holdfast/api/operation';
import { operations } from '@holdfast/api/operations';
import { responses } from '@holdfast/api/response-validators';
import type { Problem } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import { expect } from 'vitest';
import type { AppOptions } from './app.ts';
import { createApp } from './app.ts';
import { installedSwaggerUi } from './docs/swagger-ui.ts';
import { isLoopbackHost } from './gate.ts';
import { pages } from './pages.ts';
import type { Replaced, SimulatedHouse } from './simulated-house.ts';
import { simulatedHouse } from './simulated-house.ts';

const ASYNCAPI = readFileSync(fileURLToPath(import.meta.resolve('@holdfast/api/asyncapi.json')), 'utf8');
/** Made once for all tests: they are bytes that nobody changes. */
const PAGES = pages({ openapi: '{"openapi":"3.1.0"}', asyncapi: ASYNCAPI, swaggerUi: installedSwaggerUi() });

export interface Answered<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface Door extends SimulatedHouse {
  /** `body` other than text and bytes is sent as JSON. */
  readonly ask: <Body = Record<string, unknown>>(
    line: string,
    body?: unknown,
    init?: RequestInit,
  ) => Promise<Answered<Body>>;
}

/** Pages and unknown paths are not operations. */
function operationOf(method: string, path: string): OperationId | undefined {
  const found = Object.values(operations).filter(
    (entry) => entry.method === method && new RegExp(`^${entry.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
  return found.sort((a, b) => a.pathNames.length - b.pathNames.length)[0]?.operationId;
}

export function expectContract(method: string, path: string, { status, headers, body }: Answered<unknown>): void {
  expect(headers.get('x-request-id')).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  const operation = operationOf(method, path);
  if (operation === undefined) return;
  const byStatus: Readonly<Record<string, Validator<unknown>>> = responses[operation];
  const validate = byStatus[String(status)];
  if (validate === undefined) throw new Error(`${operation} may not answer ${status}: ${JSON.stringify(body)}`);
  expect({ valid: validate(body), errors: validate.errors ?? null, body }).toMatchObject({ valid: true });
  const isProblem = !(operations[operation].answers as readonly number[]).includes(status);
  expect(headers.get('content-type')).toBe(isProblem ? 'application/problem+json' : 'application/json');
  if (isProblem) expect((body as Problem).instance).toBe(`/requests/${headers.get('x-request-id')}`);
}

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> | ReadableStream =>
  typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream;

export function openDoor(replaced: Replaced & { app?: Partial<AppOptions> } = {}): Door {
  const simulated = simulatedHouse(replaced);
  const app = createApp({
    house: simulated.house,
    allowsHost: isLoopbackHost,
    origins: new Set<string>(),
    pages: PAGES,
    ...replaced.app,
  });
  return {
    ...simulated,
    ask: async <Body>(line: string, body?: unknown, init: RequestInit = {}): Promise<Answered<Body>> => {
      const [method = '', path = ''] = line.split(' ');
      const headers = new Headers(init.headers);
      if (body !== undefined && !headers.has('content-type')) headers.set('content-type', 'application/json');
      const sent = body === undefined || isRaw(body) ? body : JSON.stringify(body);
      const url = `http://localhost:4000${path}`;
      const request = new Request(url, { duplex: 'half', ...init, method, headers, body: sent ?? null });
      const response = await app.fetch(request);
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
      const answered = {
        status: response.status,
        headers: response.headers,
        body: isJson ? (JSON.parse(text) as unknown) : text,
      };
      expectContract(method, path.split('?')[0]!, answered);
      return answered as Answered<Body>;
    },
  };
}
