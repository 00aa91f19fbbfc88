/** What ends a connection, by name: bytes, and the close codes any of which is the right answer to them. */
import type { Seeded } from '../seeded.ts';
import { closePayload, frame, OPCODES } from './frame-bytes.ts';

export interface Ending {
  readonly name: string;
  readonly bytes: Buffer;
  readonly frames: number;
  /** `gone`: the client does not wait for an answer · `any`: noise, which may be anything but a fault. */
  readonly closes: readonly number[] | 'gone' | 'any';
  /** An error that has to come before the close frame. */
  readonly says?: 'rate-limited';
}

type Made = Omit<Ending, 'name' | 'frames'> & { readonly frames?: number };

const { text, binary, continuation, close, ping } = OPCODES;
const FRAME_BYTES = 32_768;
/** No close frame; both sides know what that means. */
const NO_CODE = 1005;
const PING = Buffer.from('{"action":"ping","id":"1"}');
const NOT_UTF8 = [[0xc3, 0x28], [0xff], [0xed, 0xa0, 0x80], [0xf0, 0x82, 0x82, 0xac], [0xc0, 0xaf], [0xe2, 0x82]];

const maskOf = (random: Seeded): Buffer => Buffer.from([0, 0, 0, 0].map(() => random.between(0, 255)));

/** Each is a frame that no client may send. */
const ENDINGS: Readonly<Record<string, (random: Seeded) => Made>> = {
  'a binary frame': (random) => ({ bytes: sent(random, binary, PING), closes: [1003] }),
  'reserved bits': (random) => ({
    bytes: frame({
      opcode: text,
      payload: PING,
      reserved: random.pick([0x40, 0x20, 0x10, 0x70]),
      mask: maskOf(random),
    }),
    closes: [1002],
  }),
  'an opcode of nobody': (random) => ({
    bytes: sent(random, random.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), PING),
    closes: [1002],
  }),
  'no mask': (random) => ({
    bytes: frame({ opcode: random.pick([text, ping, close]), payload: PING }),
    closes: [1002],
  }),
  'the end of what never began': (random) => ({ bytes: sent(random, continuation, PING), closes: [1002] }),
  'a message within another': (random) => ({
    bytes: Buffer.concat([begun(random), sent(random, text, PING)]),
    frames: 2,
    closes: [1002],
  }),
  'half a ping': (random) => ({ bytes: frame({ opcode: ping, isLast: false, mask: maskOf(random) }), closes: [1002] }),
  'a ping that is too long': (random) => ({ bytes: sent(random, ping, Buffer.alloc(126)), closes: [1002] }),
  'no UTF-8': (random) => ({
    bytes: sent(
      random,
      text,
      Buffer.concat([Buffer.from('{"a":"'), Buffer.from(random.pick(NOT_UTF8)), Buffer.from('"}')]),
    ),
    closes: [1007],
  }),
  'no UTF-8, over two frames': (random) => ({
    bytes: Buffer.concat([begun(random, Buffer.from([0xe2])), sent(random, continuation, Buffer.from('x'))]),
    frames: 2,
    closes: [1007],
  }),
  'too large a frame': (random) => {
    const saidBytes = random.pick([FRAME_BYTES + 1, 65_535, 65_536, 2 ** 31, 2 ** 40, 2 ** 53]);
    return { bytes: frame({ opcode: text, saidBytes: BigInt(saidBytes), mask: maskOf(random) }), closes: [1009] };
  },
  'a length beyond all numbers': (random) => ({
    bytes: frame({ opcode: text, saidBytes: 2n ** 64n - 1n, mask: maskOf(random) }),
    closes: [1009],
  }),
  'too large a message': (random) => ({
    bytes: Buffer.concat([begun(random, Buffer.alloc(FRAME_BYTES, 32)), sent(random, continuation, PING)]),
    frames: 2,
    closes: [1009],
  }),
  'too many fragments': (random) => {
    const piece = frame({ opcode: continuation, isLast: false, mask: maskOf(random) });
    return {
      bytes: Buffer.concat([begun(random), ...Array.from({ length: 1_024 }, () => piece)]),
      frames: 1_025,
      closes: [1008],
    };
  },
  'too many messages': (random) => {
    // Twice as many as a second may have: some of it may fall into the next.
    const one = random.pick([
      sent(random, ping, Buffer.from('x')),
      sent(random, text, PING),
      sent(random, OPCODES.pong, PING),
    ]);
    return {
      bytes: Buffer.concat(Array.from({ length: 2_100 }, () => one)),
      frames: 2_100,
      closes: [1008],
      says: 'rate-limited',
    };
  },
  'a farewell': (random) => {
    const code = random.pick([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 3000, 4000, 4999]);
    return { bytes: sent(random, close, closePayload(code, random.pick(['', 'bye', 'ü'.repeat(60)]))), closes: [code] };
  },
  'a farewell without a word': (random) => ({ bytes: sent(random, close), closes: [NO_CODE] }),
  'a farewell of a code that is none': (random) => ({
    bytes: sent(random, close, closePayload(random.pick([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535]))),
    closes: [1002],
  }),
  'half a code': (random) => ({ bytes: sent(random, close, Buffer.from([3])), closes: [1002] }),
  'a farewell that is no UTF-8': (random) => ({
    bytes: sent(random, close, closePayload(1000, Buffer.from(random.pick(NOT_UTF8)))),
    closes: [1007],
  }),
  'HTTP after all': () => ({ bytes: Buffer.from('GET /tasks HTTP/1.1\r\nHost: localhost\r\n\r\n'), closes: [1002] }),
  noise: (random) => ({
    bytes: Buffer.from(Array.from({ length: random.between(1, 400) }, () => random.between(0, 255))),
    closes: 'any',
  }),
  'half a frame': (random) => ({ bytes: sent(random, text, PING).subarray(0, random.between(1, 20)), closes: 'gone' }),
  'no farewell': () => ({ bytes: Buffer.alloc(0), frames: 0, closes: 'gone' }),
};

/** Rare, because each is thousands of frames that are all alike. */
const LONG: ReadonlySet<string> = new Set(['too many fragments', 'too many messages']);
const SHORT = Object.keys(ENDINGS).filter((name) => !LONG.has(name));

export const ENDING_NAMES: readonly string[] = Object.keys(ENDINGS);

/** In turn, so that no run leaves one out by chance. */
export function endingOf(random: Seeded, turn: number): Ending {
  const name = random.chance(0.01) ? random.pick([...LONG]) : SHORT[turn % SHORT.length]!;
  return { name, frames: 1, ...ENDINGS[name]!(random) };
}

export const sent = (random: Seeded, opcode: number, payload?: Buffer): Buffer =>
  frame({ opcode, ...(payload && { payload }), mask: maskOf(random) });

const begun = (random: Seeded, payload: Buffer = Buffer.from('{')): Buffer =>
  frame({ opcode: text, isLast: false, payload, mask: maskOf(random) });

/** One message over several frames, pings between them; answers what the pings must come back with. */
export function inPieces(random: Seeded, message: Buffer): { bytes: Buffer; frames: number; echoes: Buffer[] } {
  const cuts = Array.from({ length: random.between(1, 4) }, () => random.between(0, message.length)).sort(
    (a, b) => a - b,
  );
  const bounds = [0, ...cuts, message.length];
  const parts: Buffer[] = [];
  const echoes: Buffer[] = [];
  for (let i = 0; i + 1 < bounds.length; i += 1) {
    const payload = message.subarray(bounds[i], bounds[i + 1]);
    const isLast = i + 2 === bounds.length;
    parts.push(frame({ opcode: i === 0 ? text : continuation, payload, isLast, mask: maskOf(random) }));
    if (isLast || random.chance(0.5)) continue;
    echoes.push(Buffer.from(`between ${i}`));
    parts.push(sent(random, ping, echoes.at(-1)));
  }
  return { bytes: Buffer.concat(parts), frames: parts.length, echoes };
}
