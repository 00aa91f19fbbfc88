/** API Gateway's WebSocket API: the events of a connection's beginning, its messages, and its end. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { addressOf } from './http-event.ts';
import type { RouteKey } from './stage.ts';

export interface Told {
  readonly id: string;
  readonly stage: string;
  readonly connectedAtMs: number;
  readonly handshake: IncomingMessage;
}

const EVENT_TYPES = { $connect: 'CONNECT', $disconnect: 'DISCONNECT', $default: 'MESSAGE' } as const;

export function connectEvent(told: Told): object {
  const values = Object.entries(told.handshake.headersDistinct).map(([name, each]) => [name, each!] as const);
  const query = new URL(told.handshake.url ?? '/', 'ws://localhost').searchParams;
  return {
    ...headersOf(values),
    ...(query.size > 0 && {
      queryStringParameters: Object.fromEntries(query),
      multiValueQueryStringParameters: Object.fromEntries([...query.keys()].map((name) => [name, query.getAll(name)])),
    }),
    requestContext: contextOf(told, '$connect'),
    isBase64Encoded: false,
  };
}

export function messageEvent(told: Told, body: Buffer, isBinary: boolean): object {
  return {
    requestContext: { ...contextOf(told, '$default'), messageId: randomUUID() },
    body: body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary,
  };
}

export function disconnectEvent(told: Told, code: number, reason: string): object {
  const host = told.handshake.headers.host ?? '';
  return {
    ...headersOf([
      ['Host', [host]],
      ['x-api-key', ['']],
      ['x-restapi', ['']],
    ]),
    requestContext: { ...contextOf(told, '$disconnect'), disconnectStatusCode: code, disconnectReason: reason },
    isBase64Encoded: false,
  };
}

/** Of a header that came twice, `headers` has the last. Names are as the client wrote them, or nearly so. */
function headersOf(values: readonly (readonly [string, readonly string[]])[]): object {
  const shown = values.map(([name, each]) => [titled(name), each] as const);
  return {
    headers: Object.fromEntries(shown.map(([name, each]) => [name, each.at(-1)])),
    multiValueHeaders: Object.fromEntries(shown),
  };
}

const titled = (name: string): string => name.replace(/(^|-)[a-z]/g, (each) => each.toUpperCase());

function contextOf({ id, stage, connectedAtMs, handshake }: Told, routeKey: RouteKey): object {
  return {
    routeKey,
    eventType: EVENT_TYPES[routeKey],
    messageDirection: 'IN',
    extendedRequestId: randomUUID(),
    requestId: randomUUID(),
    requestTime: new Date().toISOString(),
    requestTimeEpoch: Date.now(),
    connectedAt: connectedAtMs,
    connectionId: id,
    domainName: handshake.headers.host ?? '',
    stage,
    apiId: 'WebsocketsApi',
    identity: { sourceIp: addressOf(handshake), userAgent: handshake.headers['user-agent'] ?? null },
  };
}
