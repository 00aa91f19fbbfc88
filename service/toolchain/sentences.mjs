// What a person can act on; everything else is a fault and shows its stack.
export class CannotRun extends Error {
  name = 'CannotRun';
}
