/**
 * What the handlers of a process print, line by line, with secrets masked. All of it is read, for a full pipe blocks the
 * process; what is told is bounded. It may hold anything, a payload too, so it is for `debug` alone.
 */
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { redacted } from './redact.ts';
import { SECOND } from '../core/rules.ts';

/** Of one stream, in a second. */
const MOST_CHARS = 32 * 1024;
const MOST_LINES = 100;
const MORE = '… and more: it prints faster than it is told here';
/** A process that it started may hold its pipes open for ever. */
const LAST_WORDS_WITHIN_MS = 250;

type Tell = (line: string) => void;

/** From the output of a process that was spawned with pipes. Never holds up its `close` for long. */
export function tellPrinted(child: ChildProcess, tell: Tell): void {
  const streams = [child.stdout!, child.stderr!];
  for (const stream of streams) tellLines(stream, tell);
  let timer: NodeJS.Timeout | undefined;
  child.on('exit', () => {
    timer = setTimeout(() => streams.forEach((stream) => stream.destroy()), LAST_WORDS_WITHIN_MS);
  });
  child.on('close', () => clearTimeout(timer));
}

function tellLines(stream: Readable, tell: Tell): void {
  const lines = new PrintedLines(tell);
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => lines.read(text, performance.now()));
  stream.on('close', () => lines.end());
  stream.on('error', () => undefined); // followed by `close`
}

export class PrintedLines {
  readonly #tell: Tell;
  /** The line that is not whole yet. */
  #rest = '';
  /** The beginning of this line was not kept, and half a secret is known by no pattern. */
  #isSkipping = false;
  #fullAtMs = -Infinity;
  #chars = 0;
  #lines = 0;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  read(text: string, nowMs: number): void {
    if (nowMs - this.#fullAtMs >= SECOND) {
      this.#fullAtMs = nowMs;
      this.#chars = MOST_CHARS;
      this.#lines = MOST_LINES;
    }
    const wasOpen = this.#isOpen;
    this.#take(text.slice(0, Math.max(0, this.#chars)));
    this.#chars -= text.length;
    if (!this.#isOpen || this.#rest.length > MOST_CHARS) this.#skip();
    if (wasOpen && !this.#isOpen) this.#tell(MORE);
  }

  /** A last line may lack its end. */
  end(): void {
    this.#tellAll(this.#rest);
    this.#rest = '';
  }

  get #isOpen(): boolean {
    return this.#chars >= 0 && this.#lines > 0;
  }

  #take(text: string): void {
    const begins = this.#isSkipping ? text.indexOf('\n') + 1 : 0;
    if (this.#isSkipping && begins === 0) return;
    this.#isSkipping = false;
    const lines = this.#rest + text.slice(begins);
    const end = lines.lastIndexOf('\n') + 1;
    this.#rest = lines.slice(end);
    this.#tellAll(lines.slice(0, end));
  }

  #skip(): void {
    this.#rest = '';
    this.#isSkipping = true;
  }

  /** Masked as one text: a key in PEM has many lines. */
  #tellAll(text: string): void {
    for (const line of redacted(text).split('\n')) {
      if (line.trim() === '') continue;
      if (this.#lines <= 0) return;
      this.#lines -= 1;
      this.#tell(line.trimEnd());
    }
  }
}
