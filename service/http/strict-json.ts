/**
 * JSON as the contract wants it, from bytes: UTF-8, judged in its depth before it is parsed (json-scan.ts), parsed by
 * JSON.parse, and refused when the value is not all that was written down.
 */
import { isUtf8 } from 'node:buffer';
import { Refusal } from '../core/refusal.ts';
import { scan } from './json-scan.ts';

export const MAX_DEPTH = 32;
/** The byte order mark, dropped as RFC 8259 allows. */
const MARK = Buffer.from('\uFEFF');

/**
 * Throws invalid-encoding, json-too-deep, invalid-json, number-out-of-range, duplicate-key, forbidden-key,
 * invalid-unicode.
 */
export function strictJson(bytes: Buffer, maxDepth = MAX_DEPTH): unknown {
  if (bytes.length === 0) throw new Refusal('invalid-json', 'The body is empty.');
  const { keys, changes } = scan(bytes, maxDepth);
  const text = decoded(bytes);
  const value = parsed(text.includes('\\u') ? unescaped(text) : text);
  if (changes) {
    throw new Refusal('number-out-of-range', 'A number of the body would change on the way; send it as a string.');
  }
  if (keysLeft(value) !== keys) throw new Refusal('duplicate-key', 'An object of the body has a key twice.');
  // Decoded text is well formed, so half a character can only come from an escape.
  if (/\\u[dD][89a-fA-F]/.test(text)) refuseHalfCharacters(value);
  return value;
}

function decoded(bytes: Buffer): string {
  // UTF-16 without a mark would pass for UTF-8 that begins with a zero.
  if (bytes[0] === 0 || bytes[1] === 0 || !isUtf8(bytes)) {
    throw new Refusal('invalid-encoding', 'The bytes of the body are not UTF-8.');
  }
  return bytes.toString('utf8', bytes[0] === MARK[0] && bytes.indexOf(MARK) === 0 ? MARK.length : 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal('invalid-json', 'The body is not valid JSON.'); // the words of the engine would repeat it
  }
}

/** After some histories JSON.parse of V8 reads an escaped key as another one: what can stand for itself is written so. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|[^])/g, (escape, hex: string | undefined) => {
    // With what is written out behind it a cut one would become whole.
    if (escape === '\\u') throw new Refusal('invalid-json', 'The body is not valid JSON.');
    const character = hex === undefined ? escape : String.fromCharCode(Number.parseInt(hex, 16));
    return character.isWellFormed() && character >= ' ' && !'"\\'.includes(character) ? character : escape;
  });
}

/** How many keys the value has. */
function keysLeft(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return Array.isArray(value) ? keysOfItems(value) : keysOfFields(value as Record<string, unknown>);
}

/** An iterator would make an object of every number. */
function keysOfItems(items: readonly unknown[]): number {
  let keys = 0;
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    if (typeof item === 'object') keys += keysLeft(item);
  }
  return keys;
}

function keysOfFields(fields: Record<string, unknown>): number {
  let keys = 0;
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
