/** Reads the body of an operation: the media type first, and never more bytes than the operation takes. */
import type { OperationEntry } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Call, Incoming } from './call.ts';

type BodySpec = NonNullable<OperationEntry['body']>;

/** Parameters of the media type say nothing: JSON is UTF-8 (RFC 8259 §8.1). */
const JSON_TYPE = /^application\/json[\t ]*(?:;|$)/i;

/** Of a body cost one: reading that much of the worst JSON takes as long as all else that a request takes. */
const BYTES_OF_ONE = 16 * 1_024;

/** Known before anything is read, so that nobody who is refused has the server read; a body of unknown length is the largest. */
export function costOf(call: Pick<Call, 'header'>, { body }: Pick<OperationEntry, 'body'>): number {
  if (body === null) return 1;
  const isOpenEnded = call.header('transfer-encoding') !== undefined;
  const bytes = isOpenEnded ? body.maxBytes : Math.min(Number(call.header('content-length') ?? 0), body.maxBytes);
  return Math.max(1, Math.ceil(bytes / BYTES_OF_ONE));
}

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
  const isJson = JSON_TYPE.test(call.header('content-type') ?? '') && !call.isRepeated('content-type');
  if (!isPlain || !isJson) {
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

/** What came of a body. A Buffer for every chunk would cost a hundred times what a chunk of one byte holds. */
class Received {
  readonly #maxBytes: number;
  #held: Uint8Array = new Uint8Array(0);
  #size = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** False when there are too many bytes. The first chunk is kept, any other copied behind it. */
  takes(chunk: Uint8Array): boolean {
    const from = this.#size;
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) return false;
    if (from === 0) this.#held = chunk;
    else {
      if (this.#size > this.#held.length) this.#grow();
      this.#held.set(chunk, from);
    }
    return true;
  }

  bytes(): Buffer {
    return Buffer.from(this.#held.buffer, this.#held.byteOffset, this.#size);
  }

  #grow(): void {
    const length = Math.min(this.#maxBytes, Math.max(this.#size, 2 * this.#held.length));
    const larger = Buffer.allocUnsafeSlow(length);
    larger.set(this.#held);
    this.#held = larger;
  }
}

/** Undefined when there are too many; what is left is then nobody's to read. */
function readIncoming(incoming: Incoming, maxBytes: number): Promise<Buffer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer | undefined>();
  const received = new Received(maxBytes);
  const done = (bytes: Buffer | undefined) => {
    incoming.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
    resolve(bytes);
  };
  const onData = (chunk: Buffer) => {
    if (received.takes(chunk)) return;
    done(undefined);
    incoming.pause();
  };
  const onEnd = () => done(received.bytes());
  const onBroken = () => reject(new Refusal('invalid-json', 'The body ended early.'));
  incoming.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  return promise;
}

async function readStream(body: Request['body'], maxBytes: number): Promise<Buffer | undefined> {
  const received = new Received(maxBytes);
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    if (!received.takes(chunk)) return undefined;
  }
  return received.bytes();
}
