/**
 * JSON as the contract wants it. JSON.parse decides what is JSON; then one pass over the text finds what it forgives
 * (depth, numbers that change, and how many keys were written), and one over the value the keys that are left.
 */
import { Refusal } from '../core/refusal.ts';
import { survives } from './exact-number.ts';

const MAX_DEPTH = 32;
/** Strings are walked so far; only then is the search of the engine worth its call. */
const SHORT = 24;
/** So many characters of a number without an exponent always survive. */
const SAFE_LENGTH = 15;

const QUOTE = 34;
const PLUS = 43;
const COMMA = 44;
const MINUS = 45;
const NINE = 57;
const COLON = 58;
const BACKSLASH = 92;
const LOWER_E = 101;
/** `{` and `[`, `}` and `]` differ in this bit only. */
const CURLY = 32;
const OPEN = 123;
const CLOSE = 125;

/** Throws invalid-json, json-too-deep, number-out-of-range, duplicate-key, forbidden-key, invalid-unicode. */
export function strictJson(text: string): unknown {
  const value = parse(text);
  const written = keysWritten(text);
  if (keysLeft(value) !== written) throw new Refusal('duplicate-key', 'An object of the body has a key twice.');
  // Decoded text is well formed, so half a character can only come from an escape.
  if (/\\u[dD][89a-fA-F]/.test(text)) refuseHalfCharacters(value);
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('invalid-json', 'The body is not valid JSON.'); // the words of the engine would repeat it
  }
}

/** How many keys valid JSON writes down; on the way its depth and its numbers are judged. */
function keysWritten(text: string): number {
  const { length } = text;
  let keys = 0;
  let depth = 0;
  for (let i = 0; i < length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) i = endOfString(text, i + 1);
    else if (unit === COLON) keys += 1;
    else if (unit < MINUS) continue;
    else if (unit <= NINE) i = endOfNumber(text, i) - 1;
    else if ((unit | CURLY) === OPEN) {
      depth += 1;
      if (depth > MAX_DEPTH) throw new Refusal('json-too-deep', `The body may nest at most ${MAX_DEPTH} levels.`);
    } else if ((unit | CURLY) === CLOSE) depth -= 1;
  }
  return keys;
}

/** The index of the closing quote. */
function endOfString(text: string, from: number): number {
  for (let i = from; i < from + SHORT; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) return i;
    if (unit === BACKSLASH) i += 1;
  }
  return endOfLongString(text, from);
}

function endOfLongString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); ; quote = text.indexOf('"', quote + 1)) {
    let before = quote;
    while (before > from && text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 0) return quote;
  }
}

/** The index after the number. */
function endOfNumber(text: string, from: number): number {
  let i = from + 1;
  let hasExponent = false;
  for (; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if ((unit | CURLY) === LOWER_E) hasExponent = true;
    else if (unit > NINE || unit === COMMA || unit < PLUS) break;
  }
  if ((hasExponent || i - from > SAFE_LENGTH) && !survives(text.slice(from, i))) {
    throw new Refusal('number-out-of-range', 'A number of the body would change on the way; send it as a string.');
  }
  return i;
}

/** How many keys the value has. */
function keysLeft(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let keys = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') keys += keysLeft(item);
    return keys;
  }
  const fields = value as Record<string, unknown>;
  for (const key in fields) {
    const field = fields[key];
    keys += 1;
    if (key === '__proto__' || (key === 'constructor' && hasPrototype(field))) {
      throw new Refusal('forbidden-key', 'The keys __proto__ and constructor.prototype are not allowed.');
    }
    if (typeof field === 'object') keys += keysLeft(field);
  }
  return keys;
}

const hasPrototype = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');

function refuseHalfCharacters(value: unknown): void {
  if (typeof value === 'string' && !value.isWellFormed()) {
    throw new Refusal('invalid-unicode', 'A string of the body holds half a character, such as \\ud800.');
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    refuseHalfCharacters(key);
    refuseHalfCharacters(field);
  }
}
