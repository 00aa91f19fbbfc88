interface Sources {
  /** Absolute. */
  readonly tasksDir: string;
  /** Holdfast; by default the one this file is in. */
  readonly root?: string;
}

/** What a handler's file may be called; the first that exists is it. */
export const HANDLER_FILES: readonly string[];

/** Where everything generated for a TASKS_DIR is, and nothing else of Holdfast. */
export function generatedFolder(tasksDir: string): string;

/** False for a file, for nothing, and for a link that leads nowhere. Never throws. */
export function isFolder(path: string): boolean;

/** The names of the folders that are task types, sorted. Throws what the file system throws. */
export function ownTypeNames(tasksDir: string): string[];

/** SHA-256 in hex over the schemas of a TASKS_DIR and this Holdfast's contract, generator and version. */
export function ownSourcesHash(sources: Sources): string;

/** True when the files in generatedFolder were made from other sources, by another Holdfast, or not at all. */
export function isOwnStale(sources: Sources): boolean;
