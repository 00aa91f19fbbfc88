/** Whether a task of a type may be taken, and its payload: by the schema of the type, and never too large. */
import { Refusal } from '../core/refusal.ts';
import type { Call } from './call.ts';
import { problemOfType } from './catalogue.ts';
import { checked } from './field-errors.ts';
import type { House } from './house.ts';

/** Of the types, in a refusal. */
const MOST_NAMED = 20;
const MAX_PAYLOAD_BYTES = 256 * 1024;
/** Printed again, JSON grows at most so much: `1e20,` becomes 22 characters. */
const MOST_GROWTH = 5;

/** What stands in the way of a task of this type. Throws type-unavailable. */
export function refuseUnavailable(type: string, { catalogue, loaded }: House): void {
  const known = catalogue.get(type);
  if (known === undefined || problemOfType(known, loaded(type)) !== undefined) throw unavailable();
}

const unavailable = (): Refusal =>
  new Refusal('type-unavailable', 'This task type cannot be run now; GET /types says why.');

export interface GivenPayload {
  readonly type: string;
  readonly payload: unknown;
  /** Where it stands in the body; `/payload` unless said otherwise. */
  readonly pointer?: string;
}

/**
 * The payload of a new task, or of one that is to run again with another payload, judged by the schema of its type; with the
 * version it is to be stored with. Throws unknown-task-type, validation, payload-too-large, and type-unavailable when there is
 * no schema to judge by.
 */
export function checkedPayload({ type, payload, pointer = '/payload' }: GivenPayload, house: House, call: Call) {
  const known = house.catalogue.get(type);
  if (known === undefined) throw unknownType(house);
  if ('problem' in known) throw unavailable();
  const valid = checked(known.judge, payload, pointer);
  refuseLargePayload(valid, call.bodyBytes);
  return { payload: valid, payloadVersion: known.payloadVersion };
}

function unknownType({ catalogue, loaded }: House): Refusal {
  const usable = [...catalogue.values()].filter((each) => problemOfType(each, loaded(each.type)) === undefined);
  const named = usable.slice(0, MOST_NAMED).map(({ type }) => type);
  const more = usable.length > MOST_NAMED ? `, and ${usable.length - MOST_NAMED} more: GET /types lists them` : '';
  return new Refusal('unknown-task-type', `The types that can be used here are ${named.join(', ') || 'none'}${more}.`);
}

/** A batch may be larger than a payload, and a short body may print long. */
function refuseLargePayload(payload: unknown, bodyBytes: number): void {
  if (bodyBytes * MOST_GROWTH <= MAX_PAYLOAD_BYTES) return;
  if (Buffer.byteLength(JSON.stringify(payload)) > MAX_PAYLOAD_BYTES) {
    throw new Refusal('payload-too-large', `A payload may have at most ${MAX_PAYLOAD_BYTES} bytes of JSON.`);
  }
}
