import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Problem } from '@holdfast/api/types';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.ts';
import type { Bindings } from '../../http/call.ts';
import { isLoopbackHost } from '../../http/gate.ts';
import { simulatedHouse } from '../../http/simulated-house.ts';
import { listen } from '../../listen.ts';
import { openLive } from '../../live/door.ts';
import type { Report } from './fuzz.ts';
import { describedReport, fuzz } from './fuzz.ts';

const OPENAPI = readFileSync(fileURLToPath(import.meta.resolve('@holdfast/api/openapi.json')), 'utf8');
const SEED = 7;

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

type Spoil = (exchange: Exchange) => Response | Promise<Response>;

/** The real app, on a real socket, with every answer spoilt on its way out. */
async function fuzzed(spoil: Spoil, requests: number): Promise<Report> {
  const { house, time, stop } = simulatedHouse();
  const pages = new Map([['/openapi.json', () => new Response(OPENAPI)]]);
  const guests = { allowsHost: isLoopbackHost, origins: new Set<string>() };
  const app = createApp({ house, ...guests, pages });
  const live = openLive({ house, guests });
  const front = new Hono<{ Bindings: Bindings }>();
  front.all('*', async (context) => {
    const request = context.req.raw;
    return spoil({ request, response: await app.fetch(request, context.env) });
  });
  const listener = await listen({ app: front, live, host: '127.0.0.1', port: 0, log: house.desk.ports.log });
  try {
    const port = Number(new URL(listener.url).port);
    return await fuzz({ port, seed: SEED, requests, nowMs: time.nowMs, mostFindings: 1 });
  } finally {
    stop();
    await listener.close(100);
  }
}

/** Where JSON is answered, another JSON. */
const body =
  (change: (json: Record<string, unknown>, exchange: Exchange) => object): Spoil =>
  async (exchange) => {
    const { status, headers } = exchange.response;
    const text = await exchange.response.text();
    if (!text.startsWith('{') || exchange.request.url.endsWith('/openapi.json')) {
      return new Response(status === 204 ? null : text, { status, headers });
    }
    const changed = change(JSON.parse(text) as Record<string, unknown>, exchange);
    return new Response(JSON.stringify(changed), { status, headers });
  };

const only =
  (isMeant: (exchange: Exchange) => boolean, spoil: Spoil): Spoil =>
  (exchange) =>
    isMeant(exchange) ? spoil(exchange) : exchange.response;

const answered =
  (status: number) =>
  ({ response }: Exchange): boolean =>
    response.status === status;

const withStatus =
  (status: number): Spoil =>
  ({ response: { body: same, headers } }) =>
    new Response(same, { status, headers });

const withoutHeader =
  (name: string): Spoil =>
  ({ response: { body: same, status, headers } }) => {
    headers.delete(name);
    return new Response(same, { status, headers });
  };

/** By the rule that has to notice. */
const SPOILT: readonly (readonly [string, string, Spoil])[] = [
  [
    'a fault for one input',
    'a fault of the server',
    only(({ request }) => request.url.includes('limit='), withStatus(500)),
  ],
  ['an unlisted status', 'a status that the contract does not list', only(answered(202), withStatus(201))],
  [
    'an unlisted field',
    'a body that the contract does not know',
    only(
      answered(202),
      body((json) => ({ ...json, extra: 1 })),
    ),
  ],
  [
    'a missing field',
    'a body that the contract does not know',
    only(
      answered(200),
      body(({ tags: _, status: __, ...json }) => json),
    ),
  ],
  [
    'plain text for a problem',
    'a body that the contract does not know',
    only(
      answered(404),
      ({ response }) =>
        new Response('Not found', { status: 404, headers: { 'x-request-id': response.headers.get('x-request-id')! } }),
    ),
  ],
  [
    'another code',
    'a problem that contradicts itself',
    only(
      answered(404),
      body((json) => ({ ...json, code: 'conflict' })),
    ),
  ],
  [
    'another instance',
    'a problem that contradicts itself',
    only(
      answered(404),
      body((json) => ({ ...json, instance: '/requests/other' })),
    ),
  ],
  [
    'an echo of the path',
    'an echo of the input',
    only(
      answered(404),
      body((json, { request }) => ({ ...json, detail: `No ${request.url}` })),
    ),
  ],
  [
    'an echo in one of many errors',
    'an echo of the input',
    body((json) => {
      const { errors } = json as unknown as Problem;
      return errors
        ? { ...json, errors: errors.map(({ pointer }) => ({ pointer, message: `${pointer} is wrong` })) }
        : json;
    }),
  ],
  ['an answer without a request id', 'no request id', withoutHeader('x-request-id')],
  [
    'an ETag that stands still',
    'an ETag that is not the version',
    only(
      ({ response }) => response.headers.has('etag'),
      ({ response }) => {
        response.headers.set('etag', '"999"');
        return response;
      },
    ),
  ],
  [
    'a body that nobody has judged',
    'taken though wrong',
    only(
      ({ request, response }) => request.url.endsWith('/batch') && response.status >= 400,
      async ({ response }) => {
        const problem = (await response.json()) as Problem;
        const results = [{ index: 0, status: problem.status, task: null, problem, location: null }];
        return Response.json({ results }, { headers: { 'x-request-id': response.headers.get('x-request-id')! } });
      },
    ),
  ],
];

describe('the fuzzer', () => {
  it('finds nothing in the app as it is', async () => {
    const report = await fuzzed(({ response }) => response, 800);
    expect(report.findings, describedReport(report)).toEqual([]);
    expect(report.receipts).toBeGreaterThan(200);
  });

  it.each(SPOILT)('notices %s', async (_, rule, spoil) => {
    const { findings } = await fuzzed(spoil, 1_500);
    expect(
      findings.map((found) => found.rule),
      JSON.stringify(findings),
    ).toContain(rule);
  });

  it('notices a receipt for nothing', async () => {
    const forgotten = new Set<string>();
    const { findings } = await fuzzed(
      only(
        answered(202),
        body((json) => {
          if (forgotten.size > 0 || json['status'] !== 'queued') return json;
          const taskId = `${String(json['taskId']).slice(0, 50)}-lost`;
          forgotten.add(taskId);
          return { ...json, taskId };
        }),
      ),
      300,
    );
    expect(findings).toMatchObject([{ rule: 'a lost receipt', request: [...forgotten][0] }]);
  });
});
