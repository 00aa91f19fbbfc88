import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../core/refusal.ts';
import { bodyBytesOf } from './body.ts';
import { Call } from './call.ts';

const MOST = 10_000;
const SPEC = { schema: 'TaskSubmit', judgedAlone: null, required: true, maxBytes: MOST };
const HEADERS = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };

/** One buffer for all chunks, written over after each: what is read later than it came is something else by then. */
function* chunksOf(body: Buffer, size: number): Generator<Buffer> {
  const chunk = Buffer.alloc(size);
  for (let from = 0; from < body.length; from += size) {
    const length = body.copy(chunk, 0, from, from + size);
    // The first one may be kept, and the usual body is no more.
    yield from === 0 ? Buffer.from(chunk.subarray(0, length)) : chunk.subarray(0, length);
    chunk.fill('!');
  }
}

function fromNode(body: Buffer, size: number): Promise<Buffer | undefined> {
  const incoming = new IncomingMessage(new Socket());
  incoming.headers = HEADERS;
  const call = new Call(new Request('http://localhost/tasks'), incoming, () => 'one');
  const bytes = bodyBytesOf(call, SPEC);
  for (const chunk of chunksOf(body, size)) incoming.emit('data', chunk);
  incoming.emit('end');
  return bytes;
}

function fromRequest(body: Buffer, size: number): Promise<Buffer | undefined> {
  // The web stream takes each chunk for its own; a plain list of them does not.
  const request = { headers: new Headers(HEADERS), body: chunksOf(body, size) } as unknown as Request;
  return bodyBytesOf(new Call(request, undefined, () => 'one'), SPEC);
}

const bodyOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, i) => i % 251));

describe.each([
  ['Node', fromNode],
  ['a Request', fromRequest],
])('a body from %s', (_, read) => {
  it.each([1, 7, 4_096, MOST])(
    'of exactly the limit in chunks of %d is what was sent, and keeps no chunk',
    async (size) => {
      const body = bodyOf(MOST);
      expect((await read(body, size))?.equals(body)).toBe(true);
    },
  );

  it('takes at most twice the memory of its bytes, in however many chunks', async () => {
    const bytes = await read(bodyOf(3_000), 1);
    expect(bytes).toHaveLength(3_000);
    expect(bytes!.buffer.byteLength).toBeLessThanOrEqual(6_000);
  });

  it.each([1, 7, 4_096, MOST + 1])('of one byte more in chunks of %d is refused', async (size) => {
    const refusal = read(bodyOf(MOST + 1), size);
    await expect(refusal).rejects.toThrow(new Refusal('payload-too-large', `The body may have at most ${MOST} bytes.`));
  });

  it('of no chunk is empty', async () => {
    expect(await read(bodyOf(0), 1)).toHaveLength(0);
  });
});
