/**
 * The result of a handler as JSON text that every reader can take: what the API refuses in a payload is mended here, for
 * a refusal would come after the effect.
 */

/** Half a character as JSON.stringify writes it; one after an odd number of backslashes is a text that looks like it. */
const HALF_CHARACTER = /(?<!\\)((?:\\\\)*)\\ud[89a-f][\da-f]{2}/g;
/** What a careless merge would take for the prototype of its object. */
const DANGEROUS_KEY = /"(?:__proto__|prototype)":/;

/** Undefined when there is none: a function, a cycle, a BigInt, or a toJSON that throws. */
export function resultText(result: unknown): string | undefined {
  try {
    // A function has none, whatever the types of JSON.stringify say.
    const text = JSON.stringify(result) as string | undefined;
    const whole = text?.replace(HALF_CHARACTER, '$1\ufffd');
    return whole !== undefined && (whole !== text || DANGEROUS_KEY.test(whole)) ? mended(whole) : whole;
  } catch {
    return undefined;
  }
}

/** Also without one of two keys that have become equal. */
const mended = (text: string): string =>
  JSON.stringify(
    JSON.parse(text, (key, value: unknown) => {
      if (key === '__proto__') return undefined;
      if (key === 'constructor' && typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype')) {
        return { ...value, prototype: undefined };
      }
      return value;
    }),
  );
