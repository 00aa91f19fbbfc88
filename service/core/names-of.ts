/** What may be told of an error: its message may hold anything, also a payload; its name and its first frame do not. */
const NAME = /^[A-Za-z0-9_.:-]{1,64}$/;
const FRAME = /\n\s+at (?:.* \()?(?:file:\/\/)?[^\n]*?([\w.-]+\/[\w.-]+:\d+):\d+\)?(?:\n|$)/;

/** The stack begins with the message, which may look like frames. */
function framesOf({ message, stack = '' }: Error): string {
  const at = stack.indexOf(message);
  return at === -1 ? '' : stack.slice(at + message.length);
}

export function namesOf(error: unknown): { readonly error: string; readonly place?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const [, place] = FRAME.exec(framesOf(error)) ?? [];
  return { error: NAME.test(error.name) ? error.name : 'Error', ...(place !== undefined && { place }) };
}
