/**
 * The task types of this installation as the door knows them: what may be submitted, and what a payload has to look like.
 * Built-in types and those of TASKS_DIR stand beside each other here; whether a handler can be run is for the engine to say.
 */
import type { FaultyType, TaskTypeEntry } from '@holdfast/api/task-type';
import { taskTypes } from '@holdfast/api/task-types';
import type { Validator } from '@holdfast/api/validator';
import { payloads } from '@holdfast/api/validators';
import type { Policy } from '../core/rules.ts';

export interface UsableType extends TaskTypeEntry {
  readonly judge: Validator<unknown>;
}

/** By name. A type whose schema cannot be used is there too: its tasks exist, and its author asks why. */
export type Catalogue = ReadonlyMap<string, UsableType | FaultyType>;

/** What the engine says of a type's handler: how it is run, or why it cannot be loaded. */
export type Loaded =
  { readonly payloadVersions: readonly number[]; readonly policy: Policy } | { readonly error: string };

type Payloads = Readonly<Record<string, Validator<unknown>>>;

export interface OwnTypes {
  readonly types: readonly TaskTypeEntry[];
  readonly faulty: readonly FaultyType[];
  readonly payloads: Payloads;
}

const NO_OWN_TYPES: OwnTypes = { types: [], faulty: [], payloads: {} };

/** In the order of the names. A fault under the name of a built-in type takes its place: nobody knows which is meant. */
export function catalogueOf({ types, faulty, payloads: own }: OwnTypes = NO_OWN_TYPES): Catalogue {
  const usable = (entry: TaskTypeEntry, judges: Payloads): UsableType => ({ ...entry, judge: judges[entry.type]! });
  const entries = [
    ...Object.values(taskTypes).map((entry) => usable(entry, payloads)),
    ...types.map((entry) => usable(entry, own)),
    ...faulty,
  ];
  const byName = new Map(entries.map((entry) => [entry.type, entry]));
  return new Map([...byName].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Why tasks of this type cannot be taken now; undefined when they can. */
export function problemOfType(type: UsableType | FaultyType, loaded: Loaded | undefined): string | undefined {
  if ('problem' in type) return type.problem;
  // No worker has spoken yet: what is taken now will wait.
  if (loaded === undefined) return undefined;
  if ('error' in loaded) return loaded.error;
  if (loaded.payloadVersions.includes(type.payloadVersion)) return undefined;
  const known = loaded.payloadVersions.join(', ');
  return `Its schema is version ${type.payloadVersion}, but policy.payloadVersions of its handler names only ${known}.`;
}
