/** Answers what a path names: the event itself, bytes, or a failure of each kind. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { note } from './witness.ts';

let count = 0;
let ticks = 0;
setInterval(() => (ticks += 1), 20);

const ANSWERS: Readonly<Record<string, (event: APIGatewayProxyEventV2) => unknown>> = {
  '/event': (event) => event,
  '/environment': () => process.env,
  '/count': () => ({ count: (count += 1), ticks, pid: process.pid }),
  '/bytes': ({ body }) => ({
    statusCode: 201,
    headers: { 'X-Number': 7, 'content-type': 'application/octet-stream' },
    cookies: ['a=1', 'b=2'],
    body: Buffer.from(body ?? '', 'base64').toString('base64'),
    isBase64Encoded: true,
  }),
  '/alias': () => note('the witness'),
  '/none': () => ({ statusCode: 204 }),
  '/large': () => ({ statusCode: 200, body: 'x'.repeat(7 * 1024 * 1024) }),
  '/throw': () => {
    throw new Error('on purpose');
  },
  '/exit': () => process.exit(3),
  '/abort': () => process.abort(),
  '/late': async () => sleep(600),
  '/hang': () => {
    for (;;);
  },
};

export const handler = (event: APIGatewayProxyEventV2): unknown => {
  console.log(`asked for ${event.rawPath}`);
  return ANSWERS[event.rawPath]!(event);
};
