/** What strict JSON has to find, in the slow and obvious way: a reader of one character after the other, for tests. */
import type { ProblemCode } from '@holdfast/api/types';

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;

/** Every fault of a body that is JSON; of one that is not, `invalid-json` alone. */
export function faultsOf(text: string, maxDepth: number): Set<ProblemCode> {
  try {
    JSON.parse(text);
  } catch {
    return new Set(['invalid-json']);
  }
  const reader = new Reader(text, maxDepth);
  reader.value(0);
  return reader.faults;
}

class Reader {
  readonly faults = new Set<ProblemCode>();
  readonly #text: string;
  readonly #maxDepth: number;
  #at = 0;

  constructor(text: string, maxDepth: number) {
    this.#text = text;
    this.#maxDepth = maxDepth;
  }

  /** Answers the keys of an object, and nothing for any other value. */
  value(depth: number): readonly string[] {
    const first = this.#peek();
    if (first === '{' || first === '[') {
      if (depth === this.#maxDepth) this.faults.add('json-too-deep');
      return first === '{' ? this.#object(depth + 1) : this.#list(depth + 1);
    }
    if (first === '"') this.#string();
    else if (/[-\d]/.test(first)) this.#number();
    else this.#token(/true|false|null/y);
    return [];
  }

  #object(depth: number): string[] {
    const keys: string[] = [];
    this.#at += 1;
    while (this.#peek() !== '}') {
      if (this.#peek() === ',') this.#at += 1;
      this.#peek();
      const key = this.#string();
      if (keys.includes(key)) this.faults.add('duplicate-key');
      keys.push(key);
      this.#peek();
      this.#at += 1;
      const inner = this.value(depth);
      if (key === '__proto__' || (key === 'constructor' && inner.includes('prototype'))) {
        this.faults.add('forbidden-key');
      }
    }
    this.#at += 1;
    return keys;
  }

  #list(depth: number): [] {
    this.#at += 1;
    while (this.#peek() !== ']') {
      if (this.#peek() === ',') this.#at += 1;
      this.value(depth);
    }
    this.#at += 1;
    return [];
  }

  #string(): string {
    const text = JSON.parse(this.#token(STRING)) as string;
    if (!text.isWellFormed()) this.faults.add('invalid-unicode');
    return text;
  }

  #number(): void {
    const token = this.#token(NUMBER);
    const double = Number(token);
    if (!Number.isFinite(double) || exact(token) !== exact(String(double))) this.faults.add('number-out-of-range');
  }

  #token(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [token = ''] = pattern.exec(this.#text) ?? [];
    this.#at += token.length;
    return token;
  }

  /** The next character that is no white space. */
  #peek(): string {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text[this.#at] ?? '';
  }
}

/** The value as a whole number and a power of ten, without trailing zeros. */
export function exact(token: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)\.?(\d*)e?([+-]?\d*)$/i.exec(token) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = digits.replace(/0+$/, '');
  if (kept === '') return '0';
  return `${sign}${kept}e${BigInt(exponent || '0') - BigInt(fraction.length) + BigInt(digits.length - kept.length)}`;
}
