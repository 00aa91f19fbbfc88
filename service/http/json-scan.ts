/**
 * One pass over the bytes of a body before anything is made of them: refuses depth, and finds what JSON.parse forgives.
 * What is not JSON is left to JSON.parse; only depth must not reach it.
 */
import { Refusal } from '../core/refusal.ts';
import { endOfNumber } from './exact-number.ts';

export interface Scanned {
  /** How many keys are written down. */
  readonly keys: number;
  /** Whether a number does not keep its value. */
  readonly changes: boolean;
}

/** Strings are walked so far; only then is the search of the engine worth its call. */
const SHORT = 64;

const QUOTE = 34;
const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const BACKSLASH = 92;
/** `{` and `[`, `}` and `]` differ in this bit only. */
const CURLY = 32;
const OPEN = 123;
const CLOSE = 125;

/** Throws json-too-deep. Needs neither stack nor memory, however deep. */
export function scan(bytes: Buffer, maxDepth: number): Scanned {
  let keys = 0;
  let depth = 0;
  let changes = false;
  for (let i = 0; i < bytes.length; i += 1) {
    const unit = bytes[i]!;
    if (unit === QUOTE) i = endOfString(bytes, i + 1);
    else if (unit === COLON) keys += 1;
    else if (unit < MINUS) continue;
    else if (unit === MINUS || (unit >= ZERO && unit <= NINE)) {
      if (changes) continue; // one decides, and each costs
      const end = endOfNumber(bytes, i);
      if (end < 0) changes = true;
      i = Math.abs(end) - 1;
    } else if ((unit | CURLY) === OPEN) {
      depth += 1;
      if (depth > maxDepth) throw new Refusal('json-too-deep', `JSON may nest at most ${maxDepth} levels here.`);
    } else if ((unit | CURLY) === CLOSE) depth -= 1;
  }
  return { keys, changes };
}

/** The index of the closing quote; the length of bytes that have none. */
export function endOfString(bytes: Buffer, from: number): number {
  let i = from;
  for (;;) {
    for (const near = Math.min(i + SHORT, bytes.length); i < near; i += 1) {
      if (bytes[i] === QUOTE) return i;
      if (bytes[i] === BACKSLASH) i += 1;
    }
    const quote = bytes.indexOf(QUOTE, i);
    if (quote === -1) return bytes.length;
    let before = quote;
    while (before > i && bytes[before - 1] === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 0) return quote;
    i = quote + 1;
  }
}
