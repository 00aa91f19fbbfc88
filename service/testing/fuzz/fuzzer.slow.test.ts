import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { problems } from '@holdfast/api/problems';
import type { Problem } from '@holdfast/api/types';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.ts';
import { Refusal } from '../../core/refusal.ts';
import type { Bindings, Call } from '../../http/call.ts';
import { isLoopbackHost } from '../../http/gate.ts';
import type { House } from '../../http/house.ts';
import { Callers } from '../../http/identity/callers.ts';
import { localIdentity } from '../../http/identity/identity.ts';
import type { Principal } from '../../http/principal.ts';
import { LOCAL, SCOPES } from '../../http/principal.ts';
import { simulatedHouse } from '../../http/simulated-house.ts';
import { listen } from '../../listen.ts';
import { openLive } from '../../live/door.ts';
import { callersBy, SCOPES_OF_KEYS } from './callers.ts';
import type { Report } from './fuzz.ts';
import { describedReport, fuzz } from './fuzz.ts';
import type { Rule } from './verdict.ts';

const OPENAPI = readFileSync(fileURLToPath(import.meta.resolve('@holdfast/api/openapi.json')), 'utf8');
const SEED = 7;
const NEVER = Date.UTC(2999, 0, 1);

interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

type Spoil = (exchange: Exchange) => Response | Promise<Response>;

/** What the house believes of whoever it let in, or did not: undefined is for nobody. */
type Mistake = (principal: Principal | undefined, call: Call) => Principal | undefined;

function mistaken(house: House, mistake: Mistake): House {
  const identity = new Callers({ ports: house.desk.ports, keys: house.keys, allowsLocal: false });
  const ofWhomever = async (call: Call): Promise<Principal> => {
    const known = await Promise.resolve()
      .then(() => identity.of(call))
      .catch((error: unknown) => error as Error);
    const believed = mistake(known instanceof Error ? undefined : known, call);
    if (believed !== undefined) return believed;
    throw known instanceof Error ? known : new Refusal('unauthenticated', 'Send a valid API key or token.');
  };
  return { ...house, identity: { ...localIdentity, of: ofWhomever } };
}

interface Given {
  readonly spoil?: Spoil;
  readonly mistake?: Mistake;
}

const asItIs: Mistake = (principal) => principal;

/** The real app, on a real socket, asking everybody who he is; every answer may be spoilt on its way out. */
async function fuzzed(
  { spoil = ({ response }) => response, mistake = asItIs }: Given,
  requests: number,
): Promise<Report> {
  const simulated = simulatedHouse();
  const { time, stop } = simulated;
  const house = mistaken(simulated.house, mistake);
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
    const callers = await callersBy(async (tenant, scopes) => {
      const { text } = await house.keys.create({
        tenant,
        scopes,
        name: 'of a run',
        createdBy: 'a test',
        expiresAtMs: NEVER,
      });
      return text;
    }, SCOPES_OF_KEYS);
    return await fuzz({ port, seed: SEED, requests, callers, nowMs: time.nowMs, mostFindings: 1 });
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
      ({ request, response }) => request.url.endsWith('/batch') && [400, 413, 415, 422].includes(response.status),
      async ({ response }) => {
        const problem = (await response.json()) as Problem;
        const results = [{ index: 0, status: problem.status, task: null, problem, location: null }];
        return Response.json({ results }, { headers: { 'x-request-id': response.headers.get('x-request-id')! } });
      },
    ),
  ],
];

const withScopes = (principal: Principal | undefined, scopes: Principal['scopes']): Principal | undefined =>
  principal && { ...principal, scopes };
const ALPHA: Principal = { ...LOCAL, tenant: 'alpha' };
const ALL = new Set(SCOPES);

/** What a server may get wrong about who asks, by the rule that has to notice. */
const MISTAKES: readonly (readonly [string, Rule, Given])[] = [
  [
    'a forgotten tenant',
    'something of another tenant',
    { mistake: (principal) => principal && { ...principal, tenant: 'alpha' } },
  ],
  ['a forgotten scope', 'let in without the scope', { mistake: (principal) => withScopes(principal, ALL) }],
  [
    'one scope that stands for another',
    'let in without the scope',
    {
      mistake: (principal) =>
        principal?.scopes.has('tasks:read')
          ? withScopes(principal, new Set([...principal.scopes, 'tasks:operate']))
          : principal,
    },
  ],
  [
    'a scope that nobody gets',
    'kept out though it has the scope',
    {
      mistake: (principal) =>
        withScopes(principal, new Set([...(principal?.scopes ?? [])].filter((scope) => scope !== 'admin'))),
    },
  ],
  [
    'a bad key that is nobody’s and gets in',
    'let in without an identity',
    { mistake: (principal) => principal ?? ALPHA },
  ],
  [
    'a request without Authorization that gets in',
    'let in without an identity',
    { mistake: (principal, call) => principal ?? (call.header('authorization') === undefined ? ALPHA : undefined) },
  ],
  [
    'a good key that is kept out',
    'kept out though known',
    { mistake: (principal) => (principal?.tenant === 'beta' ? undefined : principal) },
  ],
  [
    'a credential in a problem’s words',
    'a credential in an answer',
    {
      spoil: only(
        answered(404),
        body((json, { request }) => ({ ...json, detail: `Not for ${request.headers.get('authorization')}` })),
      ),
    },
  ],
  [
    'a credential in a header',
    'a credential in an answer',
    {
      spoil: ({ request, response }) => {
        const sent = request.headers.get('authorization') ?? '';
        if (/^[ -~]+$/.test(sent)) response.headers.set('X-Seen', sent);
        return response;
      },
    },
  ],
  [
    'a list that shows keys',
    'a credential in an answer',
    {
      spoil: only(
        ({ request, response }) => request.url.endsWith('/keys') && response.status === 200,
        body((json) => {
          const { items } = json as unknown as { items: { prefix: string }[] };
          return { items: items.map((each) => ({ ...each, name: `${each.prefix}_${'x'.repeat(48)}` })) };
        }),
      ),
    },
  ],
  [
    'a 409 for a task that another tenant has',
    'something of another tenant',
    {
      spoil: only(
        ({ request, response }) => response.status === 404 && /-of-\w+-[^/]*\/cancel/.test(request.url),
        async ({ response }) => {
          const problem = { ...((await response.json()) as Problem), code: 'conflict', status: 409 };
          const { title, retryable } = problems.conflict;
          const told = { ...problem, title, retryable, type: '/docs/problems#conflict' };
          return new Response(JSON.stringify(told), { status: 409, headers: response.headers });
        },
      ),
    },
  ],
];

describe('the fuzzer', () => {
  it('finds nothing in the app as it is', async () => {
    const report = await fuzzed({}, 2_000);
    expect(report.findings, describedReport(report)).toEqual([]);
    expect(report.receipts).toBeGreaterThan(100);
  });

  it.each(SPOILT)('notices %s', async (_, rule, spoil) => {
    const { findings } = await fuzzed({ spoil }, 2_000);
    expect(
      findings.map((found) => found.rule),
      JSON.stringify(findings),
    ).toContain(rule);
  });

  it.each(MISTAKES)('notices %s', async (_, rule, given) => {
    const { findings } = await fuzzed(given, 3_000);
    expect(
      findings.map((found) => found.rule),
      JSON.stringify(findings),
    ).toContain(rule);
  });

  it('notices a receipt for nothing', async () => {
    const forgotten = new Set<string>();
    const spoil = (): Spoil =>
      only(
        answered(202),
        body((json) => {
          if (forgotten.size > 0 || json['status'] !== 'queued') return json;
          const taskId = `${String(json['taskId']).slice(0, 50)}-lost`;
          forgotten.add(taskId);
          return { ...json, taskId };
        }),
      );
    const { findings } = await fuzzed({ spoil: spoil() }, 400);
    expect(findings).toMatchObject([{ rule: 'a lost receipt', request: [...forgotten][0] }]);
  });
});
