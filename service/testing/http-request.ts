/** A request over a connection of its own, with any header: fetch would not send a Host or an Origin of the caller's. */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export async function ask({ method, url, headers = {}, body = '' }: HttpRequest): Promise<HttpAnswer> {
  const length = body === '' && method === 'GET' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const sent = request(url, { method, headers: { ...length, ...headers }, agent: false });
  sent.end(body);
  const [incoming] = (await once(sent, 'response')) as [IncomingMessage];
  const answer = await text(incoming);
  const isJson = /json/.test(incoming.headers['content-type'] ?? '') && answer !== '';
  return {
    status: incoming.statusCode!,
    headers: incoming.headers,
    body: isJson ? (JSON.parse(answer) as unknown) : answer,
  };
}
