/** Reads the body of an operation: the media type first, and never more bytes than the operation takes. */
import type { IncomingMessage } from 'node:http';
import type { OperationEntry } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Call } from './call.ts';

type BodySpec = NonNullable<OperationEntry['body']>;

/** Parameters of the media type say nothing: JSON is UTF-8 (RFC 8259 §8.1). */
const JSON_TYPE = /^application\/json[\t ]*(?:;|$)/i;

/** The bytes of the body; undefined when a body that may be missing is. */
export async function bodyBytesOf(call: Call, { required, maxBytes }: BodySpec): Promise<Buffer | undefined> {
  if (!required && !hasBody(call)) return undefined;
  refuseForeignMedia(call);
  refuseOtherCoding(call);
  if (Number(call.header('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const { incoming, request } = call;
  const bytes = await (incoming ? readIncoming(incoming, maxBytes) : readStream(request.body, maxBytes));
  if (bytes === undefined) throw tooLarge(maxBytes);
  call.bodyBytes = bytes.length;
  return bytes;
}

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal('payload-too-large', `The body may have at most ${maxBytes} bytes.`);

function hasBody(call: Call): boolean {
  if (call.incoming === undefined) return call.request.body !== null;
  return call.header('transfer-encoding') !== undefined || (call.header('content-length') ?? '0') !== '0';
}

function refuseForeignMedia(call: Call): void {
  const encoding = call.header('content-encoding');
  const isPlain = encoding === undefined || encoding.toLowerCase() === 'identity';
  if (!isPlain || !JSON_TYPE.test(call.header('content-type') ?? '')) {
    throw new Refusal('unsupported-media-type', 'Send application/json in UTF-8 without Content-Encoding.');
  }
}

/** Node undoes `chunked` alone; whatever else was done to the bytes would be taken for JSON. */
function refuseOtherCoding({ incoming }: Call): void {
  const coding = incoming?.headers['transfer-encoding'];
  if (coding === undefined) return;
  if (coding.toLowerCase() !== 'chunked' || incoming?.httpVersion === '1.0') {
    throw new Refusal('invalid-header', 'Transfer-Encoding may only be chunked, and not in HTTP/1.0.');
  }
}

/** Undefined when there are too many; what is left is then nobody's to read. */
function readIncoming(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  const chunks: Buffer[] = [];
  let size = 0;
  const done = (bytes: Buffer | undefined) => {
    incoming.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
    resolve(bytes);
  };
  const onData = (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= maxBytes) return;
    done(undefined);
    incoming.pause();
  };
  const onEnd = () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  const onBroken = () => reject(new Refusal('invalid-json', 'The body ended early.'));
  incoming.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  return promise;
}

async function readStream(body: Request['body'], maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
