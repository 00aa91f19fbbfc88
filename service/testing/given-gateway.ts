/** The function `http` as API Gateway calls it, over the simulated store: a request in, the answer as a client gets it. */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Scope } from '@holdfast/api/types';
import type { Answered } from '../http/door-under-test.ts';
import { expectContract } from '../http/door-under-test.ts';
import { KeyStore } from '../http/identity/key-store.ts';
import { SCOPES } from '../http/principal.ts';
import type { Replaced, SimulatedHouse } from '../http/simulated-house.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import type { HttpParts } from '../lambda/http.ts';
import { createHttp } from '../lambda/http.ts';
import type { AwsPorts } from '../lambda/parts.ts';
import { readAwsSettings } from '../lambda/settings.ts';
import type { BundledTypes } from '../lambda/types.ts';
import { labOn } from './given-lab.ts';

export interface Asked {
  /** As sent: `/tasks/a%20b?limit=1`. */
  readonly target: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly from?: string;
}

const HOST = 'abc123.execute-api.eu-central-1.amazonaws.com';

/** Paths decoded, headers in lower case, a body that is no text in base64: as payload 2.0 has them. */
export function eventOf({
  method = 'GET',
  target,
  headers = {},
  body,
  from = '192.0.2.1',
}: Asked): APIGatewayProxyEventV2 {
  const [path = '', ...query] = target.split('?');
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const isBase64Encoded = body instanceof Buffer;
  const rawPath = decodeURIComponent(path);
  const all = { host: HOST, 'x-forwarded-for': from, 'x-forwarded-proto': 'https', ...Object.fromEntries(named) };
  const event = {
    ...{
      version: '2.0',
      routeKey: '$default',
      rawPath,
      rawQueryString: query.join('?'),
      isBase64Encoded,
      headers: all,
    },
    requestContext: { http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: from, userAgent: '' } },
    ...(body !== undefined && { body: isBase64Encoded ? body.toString('base64') : body }),
  };
  return event as unknown as APIGatewayProxyEventV2;
}

const RESOURCES = {
  ...{ TABLE: 'table', QUEUE_FRESH: 'fresh', QUEUE_RECOVERY: 'recovery', QUEUE_ISOLATED: 'isolated' },
  ...{ QUEUE_DEAD: 'dead', QUEUE_EVENTS: 'events', LIVE_URL: 'wss://live.test/dev', STAGE: 'dev' },
};

export interface GivenGateway extends SimulatedHouse {
  readonly ports: AwsPorts;
  /** Made and sent as they are, without a key. */
  readonly ask: <Body = Record<string, unknown>>(asked: Asked) => Promise<Answered<Body>>;
  readonly key: (tenant?: string, scopes?: readonly Scope[]) => Promise<string>;
  readonly flushes: string[];
}

export function givenGateway(
  environment: Readonly<Record<string, string>> = {},
  replaced: Replaced = {},
): GivenGateway {
  const simulated = simulatedHouse(replaced);
  const { desk, loaded, changes } = simulated.house;
  const flushes: string[] = [];
  const flush = (what: string) => () => Promise.resolve(void flushes.push(what));
  const ports: AwsPorts = {
    ...desk.ports,
    publisher: { ...desk.ports.publisher, flush: flush('publisher') },
    statistics: { ...desk.ports.statistics, flush: flush('statistics') },
  };
  const settings = readAwsSettings(
    ['TABLE', 'QUEUE_FRESH', 'QUEUE_RECOVERY', 'QUEUE_ISOLATED', 'QUEUE_DEAD', 'QUEUE_EVENTS', 'LIVE_URL'],
    { DEFAULT_TYPE: 'simulate', ...RESOURCES, ...environment },
  );
  const types = { loaded } as BundledTypes;
  const lab = settings.faultsAllowed ? { lab: labOn(ports) } : {};
  const parts: HttpParts = { settings, ports, rules: desk.rules, types, changes, ...lab };
  const http = createHttp(parts);
  const keys = new KeyStore(ports);
  return {
    ...simulated,
    ports,
    flushes,
    key: async (tenant = 'acme', scopes = SCOPES) =>
      (await keys.create({ tenant, name: 'test', scopes: [...scopes], createdBy: 'test' })).text,
    ask: async <Body>(asked: Asked): Promise<Answered<Body>> => {
      const { statusCode, headers = {}, body = '', isBase64Encoded } = await http(eventOf(asked));
      const named = new Headers(headers as Record<string, string>);
      const text = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
      const isJson = /json/.test(named.get('content-type') ?? '') && text !== '';
      const answered = { status: statusCode!, headers: named, body: isJson ? (JSON.parse(text) as unknown) : text };
      expectContract(asked.method ?? 'GET', asked.target.split('?')[0]!, answered);
      return answered as Answered<Body>;
    },
  };
}
