/** A reason why nothing can be run, in words for whoever typed the command. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
