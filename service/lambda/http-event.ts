/**
 * Requests as API Gateway's HTTP API hands them over (payload 2.0), and answers as it takes them. An event becomes what came
 * in, as on one machine, so that every rule of the door holds: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
import { Readable } from 'node:stream';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Incoming } from '../http/call.ts';

/** Only what follows is the target; the host is in the headers. */
const ANY_HOST = 'http://api';
/** No Request can be made of them, and the app answers them as any that a path does not take. */
const FORBIDDEN_METHODS = ['CONNECT', 'TRACE', 'TRACK'];
/** What cannot stand in a path as it is sent: the gateway decodes paths, and a `?` in one would begin the query. */
const UNSENDABLE = /[^\w!$&'()*+,\-./:;=@~%]+|%(?![0-9A-Fa-f]{2})/g;

type Method = APIGatewayProxyEventV2['requestContext']['http']['method'];

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

const targetOf = ({ rawPath, rawQueryString }: APIGatewayProxyEventV2): string =>
  rawPath.replace(UNSENDABLE, encoded) + (rawQueryString === '' ? '' : `?${rawQueryString.replaceAll('#', '%23')}`);

const methodOf = (method: Method): string => (FORBIDDEN_METHODS.includes(method.toUpperCase()) ? 'OTHER' : method);

export interface Came {
  readonly request: Request;
  readonly incoming: Incoming;
}

export function requestIn(event: APIGatewayProxyEventV2): Came {
  const { http } = event.requestContext;
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const headers = headersOf(event, bytes.length);
  const url = targetOf(event);
  const came = {
    url,
    headers,
    rawHeaders: Object.entries(headers).flat(),
    httpVersion: '1.1',
    socket: { remoteAddress: http.sourceIp },
  };
  return {
    request: new Request(ANY_HOST + url, { method: methodOf(http.method) }),
    incoming: Object.assign(Readable.from(bytes.length === 0 ? [] : [bytes]), came),
  };
}

/** In lower case, repeated ones joined by the gateway. The length is that of the body which it handed over as a whole. */
function headersOf({ headers, cookies }: APIGatewayProxyEventV2, bodyBytes: number): Record<string, string> {
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value ?? ''] as const);
  const { 'transfer-encoding': _, 'content-length': __, ...rest } = Object.fromEntries(named);
  return {
    ...rest,
    ...(cookies && { cookie: cookies.join('; ') }),
    ...(bodyBytes > 0 && { 'content-length': String(bodyBytes) }),
  };
}

const TEXT = /^(?:text\/|application\/(?:[\w.-]+\+)?json\b)/;

export async function answerOf(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  const { 'set-cookie': _, connection: __, ...headers } = Object.fromEntries(response.headers);
  const cookies = response.headers.getSetCookie();
  const bytes = Buffer.from(await response.arrayBuffer());
  const isText = TEXT.test(headers['content-type'] ?? '') && headers['content-encoding'] === undefined;
  return {
    statusCode: response.status,
    headers,
    ...(cookies.length > 0 && { cookies }),
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText && bytes.length > 0,
  };
}
