/** A reason why nothing can be run, in words for whoever typed the command. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}

export const INTERRUPTED = 'Interrupted: what the run had started was stopped, and there is no result.';
