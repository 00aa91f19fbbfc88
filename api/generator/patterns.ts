// Judges the patterns of a schema before a server runs them: one that backtracks more than in proportion to the text would
// let a single payload hold every other request. recheck decides; its 50 MB of native programs are not used.
import { createRequire } from 'node:module';
import type { AttackPattern } from 'recheck';
import type { Schema } from './document.ts';

export interface PlacedPattern {
  /** `payload.properties.code` */
  readonly place: string;
  readonly pattern: string;
}

/** A name in these is one that an author chose, whatever keyword it looks like. */
const BY_NAME = ['properties', 'patternProperties', 'dependentSchemas'];
/** Values, not schemas. */
const VALUES = ['const', 'enum', 'default', 'example', 'examples'];
const JUDGED_WITHIN_MS = 10_000;
/** A found attack is tried on texts that grow up to this length; in proportion they would take a thousandth of this time. */
const LONGEST_TEXT = 64 * 1024;
const GROWTH = 1.5;
const SLOW_CPU_MS = 100;

export function patternsIn(schema: unknown, place: string): PlacedPattern[] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap((each, index) => patternsIn(each, `${place}[${index}]`));
  return Object.entries(schema as Schema).flatMap(([keyword, value]) => {
    const at = `${place}.${keyword}`;
    if (keyword === 'pattern') return [{ place, pattern: String(value) }];
    if (VALUES.includes(keyword)) return [];
    if (!BY_NAME.includes(keyword)) return patternsIn(value, at);
    const names = Object.entries(value as Readonly<Record<string, unknown>>);
    const patterns = keyword === 'patternProperties' ? names.map(([pattern]) => ({ place: at, pattern })) : [];
    return [...patterns, ...names.flatMap(([name, each]) => patternsIn(each, `${at}.${name}`))];
  });
}

/** Throws a sentence that names the first pattern that is too slow. They are read with the flag `u`, as ajv does. */
export function refuseSlowPatterns(schema: unknown, place: string): void {
  for (const found of patternsIn(schema, place)) {
    const slowness = slownessOf(found.pattern);
    if (slowness === undefined) continue;
    throw new Error(
      `${found.place}: the pattern ${found.pattern} ${slowness}: one payload could hold up the whole server. ` +
        'Begin it with ^, let no two repetitions match the same text, or bound them, as in [a-z]{1,64}',
    );
  }
}

/** Undefined when the time that a text takes grows no faster than the text. */
export function slownessOf(pattern: string): string | undefined {
  const { checkSync } = createRequire(import.meta.url)('recheck/lib/browser.js') as typeof import('recheck');
  const judged = checkSync(pattern, 'u', { timeout: JUDGED_WITHIN_MS });
  if (judged.status === 'safe') return undefined;
  if (judged.status === 'unknown') return 'could not be shown to end soon';
  if (judged.complexity.type === 'exponential') return 'can take exponential time';
  // What recheck only tried, and did not prove, it may take for slow by chance.
  if (judged.checker === 'fuzz' && !isSlowOn(new RegExp(pattern, 'u'), judged.attack)) return undefined;
  return `can take time that grows with the power ${judged.complexity.degree} of the text`;
}

/** Measured in time of the processor, for a busy machine makes everything slow. */
function isSlowOn(regExp: RegExp, { pumps, suffix }: AttackPattern): boolean {
  let length = 0;
  for (let repeats = 16; length < LONGEST_TEXT; repeats = Math.ceil(repeats * GROWTH)) {
    const text = pumps.map(({ prefix, pump, bias }) => prefix + pump.repeat(repeats + bias)).join('') + suffix;
    const before = process.cpuUsage();
    regExp.test(text);
    if (process.cpuUsage(before).user > SLOW_CPU_MS * 1_000) return true;
    length = text.length;
  }
  return false;
}
