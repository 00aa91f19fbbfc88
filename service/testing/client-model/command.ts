/** One command of fast-check: a failure begins with the name of the command that noticed it, and says whose it was. */
import type fc from 'fast-check';
import type { Client } from './client.ts';
import type { KnownTasks, Pick } from './known-tasks.ts';

export type ClientCommand = fc.AsyncCommand<KnownTasks, Client>;
type Play = (known: KnownTasks, client: Client) => Promise<void>;

/** `what` is how a counterexample shows it. */
export function command(name: string, what: string, play: Play): ClientCommand {
  return {
    check: (known) => !known.isOver,
    run: (known, client) => named(`${name}, by ${client.access.tenant}`, () => play(known, client)),
    toString: () => `${name}(${what})`,
  };
}

/** Left out while there is nothing to pick from. */
export const onKnown = (pick: Pick, one: ClientCommand): ClientCommand => ({
  ...one,
  check: (known) => one.check(known) && (pick === 'nobody' || known.ids.length > 0),
});

/** Whatever is thrown says first where. */
export async function named<T>(name: string, play: () => Promise<T>): Promise<T> {
  try {
    return await play();
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
  }
}
