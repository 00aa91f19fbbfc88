/** Frames of RFC 6455 as bytes, right and wrong: what a client sends, and what came back from the server. */

export const OPCODES = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

export interface FrameShape {
  readonly opcode: number;
  readonly payload?: Buffer;
  readonly isLast?: boolean;
  /** RSV1 to RSV3, as bits of the first byte. */
  readonly reserved?: number;
  /** Undefined: not masked, as no client may send. */
  readonly mask?: Buffer | undefined;
  /** That is said instead of the real one. */
  readonly saidBytes?: bigint;
}

export function frame({
  opcode,
  payload = Buffer.alloc(0),
  isLast = true,
  reserved = 0,
  mask,
  saidBytes,
}: FrameShape): Buffer {
  const length = lengthBytes(saidBytes ?? BigInt(payload.length));
  length[0]! |= mask === undefined ? 0 : 0x80;
  const masked = mask === undefined ? payload : Buffer.from(payload.map((byte, i) => byte ^ mask[i % 4]!));
  const first = Buffer.from([(isLast ? 0x80 : 0) | reserved | opcode]);
  return Buffer.concat([first, length, mask ?? Buffer.alloc(0), masked]);
}

function lengthBytes(bytes: bigint): Buffer {
  if (bytes < 126n) return Buffer.from([Number(bytes)]);
  const wide = Buffer.alloc(bytes < 65_536n ? 3 : 9);
  wide[0] = wide.length === 3 ? 126 : 127;
  if (wide.length === 3) wide.writeUInt16BE(Number(bytes), 1);
  else wide.writeBigUInt64BE(bytes, 1);
  return wide;
}

export function closePayload(code: number, reason: Buffer | string = ''): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return Buffer.concat([head, Buffer.from(reason)]);
}

export interface Received {
  readonly opcode: number;
  readonly payload: Buffer;
  /** In words: what no server may send. */
  readonly fault: string | undefined;
}

/** Cuts a stream into frames; the rest waits for more. */
export class FrameReader {
  #rest = Buffer.alloc(0);

  /** Bytes of a frame that has not come to its end. */
  get restBytes(): number {
    return this.#rest.length;
  }

  read(chunk: Buffer): Received[] {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const received: Received[] = [];
    for (let next = this.#next(); next !== undefined; next = this.#next()) received.push(next);
    return received;
  }

  #next(): Received | undefined {
    const bytes = this.#rest;
    if (bytes.length < 2) return undefined;
    const [first, second] = [bytes[0]!, bytes[1]!];
    const said = second & 0x7f;
    const headBytes = said === 127 ? 10 : said === 126 ? 4 : 2;
    if (bytes.length < headBytes) return undefined;
    const length = said === 127 ? Number(bytes.readBigUInt64BE(2)) : said === 126 ? bytes.readUInt16BE(2) : said;
    if (bytes.length < headBytes + length) return undefined;
    this.#rest = bytes.subarray(headBytes + length);
    const isWhole = (first & 0xf0) === 0x80 && (second & 0x80) === 0;
    const fault = isWhole ? undefined : `a frame that begins with ${first.toString(16)} ${second.toString(16)}`;
    return { opcode: first & 0x0f, payload: bytes.subarray(headBytes, headBytes + length), fault };
  }
}
