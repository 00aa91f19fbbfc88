/** A payload that is being written, as a form and as JSON at once: the JSON text is the master, and the form changes it. */
import type { JsonObject } from './exact-json.ts';
import { isObject, parsed, pretty } from './exact-json.ts';

export class PayloadDraft {
  text = $state('');
  readonly #read = $derived(readObject(this.text));
  /** Null while the text is no JSON object. */
  readonly value = $derived(this.#read.value);
  /** Why the text cannot be sent. */
  readonly fault = $derived(this.#read.fault);
  /** Fields of the form whose text is not in the JSON yet because it cannot be; by pointer. */
  unreadable = $state.raw<Readonly<Record<string, string>>>({});
  /** Somebody tried to send it: from then on faults are pointed at. */
  wasSent = $state(false);

  constructor(payload: JsonObject) {
    this.text = pretty(payload);
  }

  /** `fault` undefined when it can be read again. */
  mark(pointer: string, fault: string | undefined): void {
    if (this.unreadable[pointer] === fault) return;
    const { [pointer]: before, ...others } = this.unreadable;
    this.unreadable = fault === undefined ? others : { ...others, [pointer]: fault };
  }

  /** What is to be sent; null while something has to be mended first. */
  ready(): JsonObject | null {
    this.wasSent = true;
    return Object.keys(this.unreadable).length > 0 ? null : this.value;
  }
}

function readObject(text: string): { readonly value: JsonObject | null; readonly fault: string | undefined } {
  try {
    const value = parsed(text);
    return isObject(value) ? { value, fault: undefined } : { value: null, fault: 'A payload is an object: { … }' };
  } catch (error) {
    return { value: null, fault: (error as SyntaxError).message };
  }
}
