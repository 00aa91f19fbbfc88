import fc from 'fast-check';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { FrameReader, FrameWriter, MAX_FRAME_BYTES } from './frames.ts';

async function framesOf(turns: readonly (readonly unknown[])[]): Promise<Buffer[]> {
  const frames: Buffer[] = [];
  const writer = new FrameWriter((frame) => void frames.push(frame));
  for (const messages of turns) {
    for (const message of messages) writer.send(message);
    await setImmediate();
  }
  return frames;
}

/** The bytes cut at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const edges = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return edges.slice(1).map((end, i) => bytes.subarray(edges[i], end));
}

describe('frames', () => {
  it('arrive whole and in order, wherever the bytes are cut', async () => {
    const turns = fc.array(fc.array(fc.jsonValue(), { maxLength: 4 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(turns, fc.array(fc.nat()), async (sent, places) => {
        const reader = new FrameReader<unknown>();
        const received = cut(Buffer.concat(await framesOf(sent)), places).flatMap((chunk) => reader.read(chunk));
        expect(JSON.stringify(received)).toBe(JSON.stringify(sent.flat()));
      }),
    );
  });

  it('carry all messages of one turn in one write', async () => {
    expect(await framesOf([['a', 'b', 'c'], [], ['d']])).toHaveLength(2);
  });

  it('begin anew when a turn has many large messages, so that none grows to the limit', async () => {
    const frames = await framesOf([Array.from({ length: 100 }, () => 'x'.repeat(200_000))]);
    expect(frames.length).toBeGreaterThan(10);
    expect(Math.max(...frames.map((frame) => frame.length))).toBeLessThan(MAX_FRAME_BYTES / 10);
  });

  it('are refused over the limit, before they are collected', () => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(MAX_FRAME_BYTES + 1);
    expect(() => new FrameReader().read(length)).toThrow(RangeError);
  });
});
