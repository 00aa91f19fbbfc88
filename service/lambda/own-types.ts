/**
 * The task types of this installation beside the built-in ones: none. Packaging with TASKS_DIR puts a module with the same
 * export in its place.
 */
import type { OwnTypes } from '../http/catalogue.ts';

/** Imported when it is called, so that a handler that cannot be loaded keeps no other from running. */
export type LoadHandler = () => Promise<Readonly<Record<string, unknown>>>;

export interface BundledOwnTypes extends OwnTypes {
  /** By type. */
  readonly handlers: Readonly<Record<string, LoadHandler>>;
}

export const ownTypes: BundledOwnTypes = { types: [], faulty: [], payloads: {}, handlers: {} };
