// The same request over a socket of Node and as an event of API Gateway: the same answer. Only what is one machine's own differs.
import { once } from 'node:events';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Problem } from '@holdfast/api/types';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../http/app.ts';
import { isLoopbackHost } from '../http/gate.ts';
import { givenGateway } from '../testing/given-gateway.ts';
import { ask } from '../testing/http-request.ts';

const TWIN = { IDENTITY: 'local', AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:8000' };
/** Whose answers tell of the engine, or go past HTTP. */
const NOT_ASKED = ['/ready', '/live'];

const gateway = givenGateway(TWIN);
let server: Server;
let host = '';
beforeAll(async () => {
  const { house } = givenGateway(TWIN);
  const app = createApp({ house, allowsHost: isLoopbackHost, origins: new Set(), pages: new Map() });
  const listener = getRequestListener(app.fetch);
  server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const segment = fc.constantFrom(
  'tasks',
  'one',
  'batch',
  'keys',
  'identity',
  'health',
  'x%20y',
  '%6Fne',
  '100%25',
  '1',
  'cancel',
  '%C3%BC',
);
const path = fc
  .array(segment, { maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`)
  .filter((each) => !NOT_ASKED.includes(each));
const query = fc.constantFrom(
  '',
  '?',
  '?limit=1',
  '?limit=0',
  '?limit=1&limit=2',
  '?wait=0',
  '?status=dead',
  '?colour=red',
  '?a%3Fb',
  '?tag=%E2%98%83',
  '?limit=%31',
);
const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'application/json; charset=utf-8',
      'text/plain',
      'application/json, application/json',
    ),
    'content-encoding': fc.constantFrom('identity', 'gzip'),
    'idempotency-key': fc.constantFrom('abc', ''),
    'if-match': fc.constantFrom('"1"', '*', '1'),
    origin: fc.constantFrom('http://localhost:4000', 'null'),
    authorization: fc.constantFrom('Bearer x', 'Basic eA=='),
  },
  { requiredKeys: [] },
);
const body = fc.constantFrom(
  '',
  '{}',
  '{',
  'null',
  '{"payload":{}}',
  '{"taskId":"one","payload":{"data":"ü☃"}}',
  '{"a":1,"a":2}',
  '{"tasks":[{"taskId":"one","payload":{}}]}',
  ' '.repeat(300_000),
);
const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE');

it('what a client gets does not depend on the way its request came', async () => {
  const property = fc.asyncProperty(fc.record({ method, path, query, headers, body }), async (given) => {
    const target = given.path + given.query;
    const text = ['GET', 'HEAD'].includes(given.method) ? '' : given.body;
    const sent = { ...given.headers, host };
    const over = await ask({ method: given.method, url: `http://${host}${target}`, headers: sent, body: text });
    const event = { method: given.method, target, headers: sent, from: '127.0.0.1', ...(text && { body: text }) };
    const as = await gateway.ask(event);
    const codeIn = (answered: unknown) => (answered as Partial<Problem>).code;
    expect([as.status, codeIn(as.body), as.headers.get('content-type') ?? undefined]).toEqual([
      over.status,
      codeIn(over.body),
      over.headers['content-type'],
    ]);
  });
  await fc.assert(property, { numRuns: 400 });
});
