interface Sources {
  /** The repository; by default the one this file is in. */
  readonly root?: string;
  /** Folders with one folder per task type; by default the built-in ones. */
  readonly taskFolders?: readonly string[];
}

/** SHA-256 over everything that the generated files follow from, in hex. */
export function sourcesHash(sources?: Sources): string;

/** True when the generated files were made from other sources, or not at all. Takes milliseconds. */
export function isStale(sources?: Sources & { readonly generated?: string }): boolean;
