/** Values that keep a schema of the contract, drawn from one seed; texts carry a marker where the schema lets them. */
import * as fc from 'fast-check';
import type { Seeded } from '../seeded.ts';
import type { Contract, Schema } from './contract.ts';

const TEXTS_PER_PATTERN = 100;
const SPAN_MS = 60_000;
const OPTIONAL = 0.4;
const BOUNDARY = 0.2;
/** Long enough for every page and retry of the contract, small enough that no run waits for one value. */
const SMALL = 60;

/**
 * What a handler of the type `simulate` does for minutes, or to its whole process, is tried by tests of its own: here
 * it would only keep thousands of requests waiting.
 */
const TAMED: Readonly<Record<string, number>> = {
  ...{ durationMs: 20, retryAfterSeconds: 1, logLines: 100, steps: 5, errorBytes: 70_000, resultBytes: 70_000 },
};
const LEFT_OUT: ReadonlySet<string> = new Set(['misbehave']);

export class Values {
  /** Stands in every text; a plan changes it with who asks. */
  marker: string;
  readonly #contract: Contract;
  readonly #random: Seeded;
  readonly #nowMs: number;
  readonly #texts = new Map<string, readonly string[]>();

  constructor(contract: Contract, options: { random: Seeded; marker: string; nowMs: number }) {
    this.#contract = contract;
    this.#random = options.random;
    this.marker = options.marker;
    this.#nowMs = options.nowMs;
  }

  valid(node: Schema, depth = 0): unknown {
    const schema = this.#contract.resolved<Schema>(node);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return this.#random.pick(schema.enum);
    if (schema.anyOf) return this.valid(this.#random.pick(schema.anyOf), depth);
    const type = typeof schema.type === 'string' ? schema.type : schema.type && this.#random.pick(schema.type);
    switch (type) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, depth);
      case 'string':
        return this.#text(schema);
      case 'integer':
      case 'number':
        return this.#number(schema, type === 'integer');
      case 'boolean':
        return this.#random.chance(0.5);
      case 'null':
        return null;
      default:
        return this.anything(depth);
    }
  }

  /** What JSON can hold, where the contract does not care. */
  anything(depth = 0): unknown {
    const leaf = depth > 3 || this.#random.chance(0.5);
    if (leaf) return this.#random.pick([null, true, 0, -1.5, 1e20, '', this.text(), 'żółć 🙂 \u0000 "\\', this.marker]);
    const count = this.#random.between(0, 4);
    if (this.#random.chance(0.5)) return Array.from({ length: count }, () => this.anything(depth + 1));
    return Object.fromEntries(Array.from({ length: count }, () => [this.text(), this.anything(depth + 1)]));
  }

  text(): string {
    return `${this.marker}${this.#random.between(0, 1e6).toString(36)}`;
  }

  #object({ properties = {}, required = [], not }: Schema, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const [name, schema] of Object.entries(properties)) {
      if (LEFT_OUT.has(name) || (!required.includes(name) && !this.#random.chance(OPTIONAL))) continue;
      const most = TAMED[name];
      made[name] = this.valid(most === undefined ? schema : { ...schema, maximum: most }, depth + 1);
    }
    // Fields that exclude each other: the last gives way.
    const excluded = not?.required?.every((name) => name in made) ? not.required.at(-1) : undefined;
    if (excluded !== undefined) Reflect.deleteProperty(made, excluded);
    return made;
  }

  #array({ items = {}, minItems = 0, maxItems = 5 }: Schema, depth: number): unknown[] {
    const length = this.#random.chance(BOUNDARY)
      ? this.#random.pick([minItems, maxItems])
      : this.#random.between(minItems, Math.min(maxItems, minItems + 4));
    const all = Array.from({ length }, () => this.valid(items, depth + 1));
    // Unique where texts are: the contract has no other arrays that ask for it.
    return typeof all[0] === 'string' ? [...new Set(all)] : all;
  }

  #number({ minimum = 0, maximum = SMALL }: Schema, isWhole: boolean): number {
    if (this.#random.chance(BOUNDARY)) return this.#random.pick([minimum, maximum]);
    const to = Math.min(maximum, minimum + SMALL);
    return isWhole ? this.#random.between(minimum, to) : minimum + this.#random.uniform() * (to - minimum);
  }

  #text({ pattern, format, minLength = 0, maxLength = SMALL }: Schema): string {
    if (format === 'date-time') {
      const atMs = this.#nowMs + (this.#random.uniform() * 2 - 1) * SPAN_MS;
      return new Date(atMs).toISOString();
    }
    if (pattern !== undefined) return this.#random.pick(this.#textsLike(pattern));
    if (this.#random.chance(BOUNDARY)) return 'ü'.repeat(this.#random.pick([minLength, maxLength]));
    return this.text().slice(0, maxLength).padEnd(minLength, 'x');
  }

  #textsLike(pattern: string): readonly string[] {
    const known = this.#texts.get(pattern);
    if (known) return known;
    const arbitrary = fc.stringMatching(new RegExp(pattern));
    const texts = fc.sample(arbitrary, { numRuns: TEXTS_PER_PATTERN, seed: this.#random.between(0, 2 ** 31 - 1) });
    this.#texts.set(pattern, texts);
    return texts;
  }
}
