/**
 * One request over one connection of its own, to addresses that were judged, and the beginning of its answer. Redirects are not
 * followed and no proxy is asked. Rejects with an error that has a code when the exchange breaks, or when it is aborted.
 */
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:http';
import type { LookupFunction } from 'node:net';
import { connect as connectPlainly, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectByTls } from 'node:tls';
import { hostOf } from './allow-list.ts';
import type { HostAddress } from './egress.ts';
import type { Message } from './message.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Whether that is all of the body. */
  readonly isWhole: boolean;
}

/** To one of these addresses, whatever the host of the URL may resolve to by now. */
export type Connect = (url: URL, addresses: readonly HostAddress[]) => Duplex;

export interface Sending {
  readonly addresses: readonly HostAddress[];
  readonly connect: Connect;
  readonly signal: AbortSignal;
  /** Of the body; what follows is not read. */
  readonly mostBytes: number;
}

const MOST_HEADER_BYTES = 16 * 1024;

/** The name stays what the certificate is judged by. */
export const connect: Connect = (url, addresses) => {
  const host = hostOf(url);
  const options = { host, port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)), lookup: pinned(addresses) };
  if (url.protocol === 'http:') return connectPlainly(options);
  // Whatever the environment says of certificates.
  const tls = { rejectUnauthorized: true, ALPNProtocols: ['http/1.1'] };
  return connectByTls({ ...options, ...tls, ...(isIP(host) === 0 && { servername: host }) });
};

const pinned =
  (addresses: readonly HostAddress[]): LookupFunction =>
  (_, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, [...addresses]);
    else callback(null, first!.address, first!.family);
  };

export async function send({ method, url, headers, body }: Message, sending: Sending): Promise<Answer> {
  const { addresses, connect: open, signal, mostBytes } = sending;
  const sent = request({
    method,
    path: url.pathname + url.search,
    headers,
    setHost: false,
    createConnection: () => open(url, addresses),
    maxHeaderSize: MOST_HEADER_BYTES,
    insecureHTTPParser: false,
    signal,
  });
  try {
    const answered = answerTo(sent);
    sent.end(body);
    const answer = await unlessAborted(answered, signal);
    return { status: answer.statusCode!, headers: answer.headers, ...(await beginningOf(answer, mostBytes)) };
  } finally {
    sent.destroy();
  }
}

function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  sent.on('response', resolve);
  sent.on('error', reject);
  // Without a listener Node closes the connection and says nothing of it, not even when the request is aborted.
  sent.on('upgrade', (_, socket) => {
    socket.destroy();
    reject(Object.assign(new Error('The answer is in another protocol.'), { code: 'EPROTO' }));
  });
  return promise;
}

/** What cannot be aborted is no longer waited for. Rejects with the reason of the signal then. */
export async function unlessAborted<T>(awaited: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', stop);
  try {
    if (signal.aborted) stop();
    return await Promise.race([awaited, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function beginningOf(answer: IncomingMessage, mostBytes: number): Promise<Pick<Answer, 'body' | 'isWhole'>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isWhole = true;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      isWhole = bytes <= mostBytes;
      if (!isWhole) break;
    }
  } catch (error) {
    // A status that says no says it whatever becomes of the words behind it.
    if (answer.statusCode! < 300) throw error;
    isWhole = false;
  }
  return { body: Buffer.concat(chunks).subarray(0, mostBytes), isWhole };
}
