/** API Gateway's HTTP API, payload format 2.0: a request as an event, an answer as a response. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { ACCOUNT } from './resources.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** What ends at API Gateway. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'cookie'];
/** Everything else reaches the function in base64. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml)(?:;|$))/i;

export const addressOf = ({ socket }: IncomingMessage): string => (socket.remoteAddress ?? '').replace(/^::ffff:/, '');

export function httpEvent(incoming: IncomingMessage, body: Buffer): APIGatewayProxyEventV2 {
  const [rawPath, rawQueryString] = splitAt(incoming.url ?? '/');
  const isText = TEXT.test(incoming.headers['content-type'] ?? '');
  const query = parametersOf(rawQueryString);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(incoming.headers.cookie && { cookies: incoming.headers.cookie.split(/;\s*/) }),
    headers: headersOf(incoming, body),
    ...(query && { queryStringParameters: query }),
    requestContext: contextOf(incoming, rawPath),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

function splitAt(url: string): [string, string] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, ''] : [url.slice(0, mark), url.slice(mark + 1)];
}

function headersOf(incoming: IncomingMessage, body: Buffer): Record<string, string> {
  const kept = Object.entries(incoming.headersDistinct).filter(([name]) => !HOP_BY_HOP.includes(name));
  return {
    ...Object.fromEntries(kept.map(([name, values]) => [name, values!.join(',')])),
    'content-length': String(body.length),
    'x-forwarded-for': addressOf(incoming),
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  };
}

function parametersOf(query: string): Record<string, string> | undefined {
  if (query === '') return undefined;
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query))
    parameters[name] = Object.hasOwn(parameters, name) ? `${parameters[name]},${value}` : value;
  return parameters;
}

function contextOf(incoming: IncomingMessage, path: string): APIGatewayProxyEventV2['requestContext'] {
  const domainName = incoming.headers.host ?? '';
  return {
    accountId: ACCOUNT,
    apiId: 'HttpApi',
    domainName,
    domainPrefix: domainName.split('.')[0]!,
    http: {
      method: incoming.method!,
      path,
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: addressOf(incoming),
      userAgent: incoming.headers['user-agent'] ?? '',
    },
    requestId: randomUUID(),
    routeKey: '$default',
    stage: '$default',
    time: new Date().toISOString(),
    timeEpoch: Date.now(),
  };
}

/** An answer without a status code is a body; see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
export function answerOf(payload: unknown): HttpAnswer {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload))
    return said(200, typeof payload === 'string' ? payload : JSON.stringify(payload));
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = payload as Answered;
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(lower),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}

interface Answered {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string | number | boolean>>;
  readonly cookies?: readonly string[];
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** API Gateway's own words. */
export const saidByGateway = (status: number, message: string): HttpAnswer => said(status, JSON.stringify({ message }));

const said = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(body),
});
