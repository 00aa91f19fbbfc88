/** The HTTP API: every request becomes an event, and what the function answers the response; its failures are API Gateway's own answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './container.ts';
import type { HttpAnswer } from './http-event.ts';
import { answerOf, httpEvent, saidByGateway } from './http-event.ts';

// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
const REQUEST_BYTES = 10 * 1024 * 1024;
export const INTEGRATION_MS = 30_000;
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
const EVENT_BYTES = 6 * 1024 * 1024;

export interface HttpFrontOptions {
  readonly integrationMs: number;
  invoke(event: unknown): Promise<Outcome>;
}

export async function answerHttp(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: HttpFrontOptions,
): Promise<void> {
  const body = await bodyOf(incoming, REQUEST_BYTES);
  if (body === 'cut') return;
  send(
    outgoing,
    body === 'too large' ? saidByGateway(413, 'Request Entity Too Large') : await asked(incoming, body, options),
  );
}

async function asked(incoming: IncomingMessage, body: Buffer, options: HttpFrontOptions): Promise<HttpAnswer> {
  const event = httpEvent(incoming, body);
  if (Buffer.byteLength(JSON.stringify(event)) > EVENT_BYTES) return saidByGateway(413, 'Request Entity Too Large');
  const abort = new AbortController();
  const late = sleep(options.integrationMs, 'late' as const, { signal: abort.signal }).catch(() => 'late' as const);
  const outcome = await Promise.race([options.invoke(event), late]);
  abort.abort();
  if (outcome === 'late' || outcome.kind === 'throttled') return saidByGateway(503, 'Service Unavailable');
  return outcome.kind === 'failed' ? saidByGateway(500, 'Internal Server Error') : answerOf(outcome.payload);
}

/** `cut`: its sender is gone. */
export async function bodyOf(incoming: IncomingMessage, mostBytes: number): Promise<Buffer | 'too large' | 'cut'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes <= mostBytes) chunks.push(chunk);
    }
  } catch {
    return 'cut';
  }
  return bytes > mostBytes ? 'too large' : Buffer.concat(chunks);
}

export function send(outgoing: ServerResponse, { status, headers, body }: HttpAnswer): void {
  const hasNone = status === 204 || status === 304;
  outgoing.writeHead(status, { ...headers, ...(!hasNone && { 'content-length': body.length }) });
  outgoing.end(hasNone ? undefined : body);
}
