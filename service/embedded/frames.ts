/**
 * Messages between the server and a worker process: frames of a 4-byte length and a JSON array in UTF-8. All messages
 * of one turn of the event loop share a frame and a write; a reader copes with bytes that are cut anywhere.
 */

/** A reader refuses more: whoever sends it does not speak this language. One message is far smaller. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;
/** A writer begins a new frame beyond this, so that a turn with many large messages stays far below the limit. */
const FULL_FRAME_CHARS = 1024 * 1024;
const LENGTH_BYTES = 4;

export class FrameWriter<Message> {
  readonly #write: (frame: Buffer) => void;
  #texts: string[] = [];
  #chars = 0;

  constructor(write: (frame: Buffer) => void) {
    this.#write = write;
  }

  send(message: Message): void {
    const text = JSON.stringify(message);
    this.#chars += text.length;
    if (this.#texts.push(text) === 1) setImmediate(() => this.flush());
    if (this.#chars >= FULL_FRAME_CHARS) this.flush();
  }

  flush(): void {
    if (this.#texts.length === 0) return;
    const json = `[${this.#texts.join()}]`;
    this.#texts = [];
    this.#chars = 0;
    const bytes = Buffer.byteLength(json);
    const frame = Buffer.allocUnsafe(LENGTH_BYTES + bytes);
    frame.writeUInt32BE(bytes);
    frame.write(json, LENGTH_BYTES);
    this.#write(frame);
  }
}

export class FrameReader<Message> {
  #chunks: Buffer[] = [];
  #bytes = 0;
  /** How many bytes make the next step worth while: a length, then the frame it announces. */
  #wanted = LENGTH_BYTES;

  /** The messages that this chunk completes. Throws for a frame over the limit and for what is not JSON. */
  read(chunk: Buffer): Message[] {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    const messages: Message[] = [];
    while (this.#bytes >= this.#wanted) {
      const buffer = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
      const end = LENGTH_BYTES + buffer.readUInt32BE();
      if (end > MAX_FRAME_BYTES) throw new RangeError(`A frame of ${end} bytes is over the limit.`);
      const isWhole = buffer.length >= end;
      if (isWhole) messages.push(...(JSON.parse(buffer.toString('utf8', LENGTH_BYTES, end)) as Message[]));
      const rest = isWhole ? buffer.subarray(end) : buffer;
      this.#chunks = rest.length === 0 ? [] : [rest];
      this.#bytes = rest.length;
      this.#wanted = isWhole ? LENGTH_BYTES : end;
    }
    return messages;
  }
}
