import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { afterEach, expect, test } from 'vitest';
import { openGateway } from './sdk-gateway.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** The management interface, that gives each request the next answer; without one it says nothing. */
async function given(...answers: { status: number; type?: string }[]) {
  const isSilent = answers.length === 0;
  const asked: { line: string; bytes: number }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, bytes: Buffer.concat(chunks).length });
      const answer = answers.shift();
      if (answer === undefined) return;
      response.writeHead(answer.status, { 'content-type': 'application/json', 'x-amzn-errortype': answer.type ?? '' });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const client = new ApiGatewayManagementApiClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  stops.push(() => client.destroy());
  return { gateway: openGateway({ client, withinMs: isSilent ? 300 : 20_000 }), asked };
}

const FRAME = Buffer.from('{"kind":"pong"}');

test.each([
  [{ status: 200 }, 'sent'],
  [{ status: 410, type: 'GoneException' }, 'gone'],
  [{ status: 429, type: 'LimitExceededException' }, 'throttled'],
  [{ status: 429, type: 'TooManyRequestsException' }, 'throttled'],
  [{ status: 403, type: 'ForbiddenException' }, 'failed'],
  [{ status: 413, type: 'PayloadTooLargeException' }, 'failed'],
  [{ status: 500, type: 'InternalServerError' }, 'failed'],
])('a frame that is answered %o is %s', async (answer, posted) => {
  const { gateway, asked } = await given(answer);
  expect(await gateway.post('Ab-_c1=', FRAME)).toBe(posted);
  expect(asked).toEqual([{ line: 'POST /prod/@connections/Ab-_c1%3D', bytes: FRAME.length }]);
});

test('a frame of more than 32 KB would end its connection, so it is not sent', async () => {
  const { gateway, asked } = await given({ status: 200 });
  expect(await gateway.post('a', Buffer.alloc(32_769))).toBe('failed');
  expect(await gateway.post('a', Buffer.alloc(32_768))).toBe('sent');
  expect(asked.map(({ bytes }) => bytes)).toEqual([32_768]);
});

test('a gateway that cannot be reached, or gives no answer, is a failed frame', async () => {
  const { gateway } = await given();
  stops.shift()!();
  expect(await gateway.post('a', FRAME)).toBe('failed');
  const silent = await given();
  expect(await silent.gateway.post('a', FRAME)).toBe('failed');
});

test('a connection that has ended already is closed; one that cannot be closed is not', async () => {
  const { gateway, asked } = await given({ status: 204 }, { status: 410 }, { status: 500 });
  expect([await gateway.close('a'), await gateway.close('a'), await gateway.close('a')]).toEqual([
    'closed',
    'closed',
    'failed',
  ]);
  expect(asked[0]!.line).toBe('DELETE /prod/@connections/a');
});
