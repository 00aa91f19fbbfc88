/** The properties, each against a server that runs already: every run has two new tenants, or one, that nobody else uses. */
import fc from 'fast-check';
import type { Identities } from '../identities.ts';
import type { ClientCommand } from './command.ts';
import { Client } from './client.ts';
import { commandsOf } from './commands.ts';
import { checkEnd, stopAll } from './ending.ts';
import type { Errands } from './errands.ts';
import { flakyCommandsOf } from './flaky-commands.ts';
import type { FlakyNetwork } from './flaky-network.ts';
import { KnownTasks } from './known-tasks.ts';
import { race, races } from './races.ts';

export interface Place {
  readonly url: string;
  readonly identities: Pick<Identities, 'token'>;
  readonly errands: Errands;
  readonly network: FlakyNetwork;
  /** How often which was answered, over all runs. */
  readonly answers: Map<string, number>;
  /** For the SDK, where a test spoils it. */
  readonly fetch?: typeof fetch;
  readonly isCloud?: true;
}

export const PROPERTIES = ['commands', 'races', 'network'] as const;
export type PropertyName = (typeof PROPERTIES)[number];

const MOST_COMMANDS = 40;
const MARKS = ['alice', 'bob'];
const SCOPES = ['tasks:submit', 'tasks:read', 'tasks:operate', 'payloads:read'] as const;
let runs = 0;

interface Seat {
  readonly known: KnownTasks;
  readonly client: Client;
}

async function seatsOf(place: Place, marks: readonly string[], network?: FlakyNetwork): Promise<Seat[]> {
  runs += 1;
  const number = runs;
  const { url, answers, fetch: ownFetch, isCloud } = place;
  const seat = async (mark: string): Promise<Seat> => {
    const tenant = `${mark}-${number}`;
    const token = await place.identities.token(tenant, SCOPES);
    const foreign = MARKS.filter((each) => each !== mark);
    const client = new Client({
      ...{ url, answers, tenant, token, foreign },
      ...(network && { network }),
      ...(ownFetch && { fetch: ownFetch }),
      ...(isCloud && { isCloud }),
    });
    return { known: new KnownTasks(), client };
  };
  return Promise.all(marks.map(seat));
}

/** Plays them beside each other; throws what went wrong first. What still lasts then is cancelled, for the runs to come. */
async function together(seats: readonly Seat[], playOne: (seat: Seat, i: number) => Promise<void>): Promise<void> {
  const failures: unknown[] = [];
  const failed = (error: unknown): void => {
    failures.push(error);
    for (const { known } of seats) known.isOver = true;
  };
  await Promise.all(seats.map((seat, i) => playOne(seat, i).catch(failed)));
  if (failures.length === 0) return;
  await Promise.allSettled(seats.map(({ known, client }) => stopAll(known, client)));
  throw failures[0];
}

const run = (commands: Iterable<ClientCommand>, { known, client }: Seat): Promise<void> =>
  fc.asyncModelRun(() => ({ model: known, real: client }), commands);

/** What each client is still to do: its commands follow one another, beside those of the other. */
interface Both {
  readonly seats: readonly Seat[];
  readonly done: Promise<void>[];
}

/** One list for both, or fast-check could not make it shorter. */
const bothCommands = fc.commands<Both, null, false>(
  MARKS.flatMap((mark, i) => commandsOf(mark).map((one) => one.map((each) => commandOf(mark, i, each)))),
  { maxCommands: 2 * MOST_COMMANDS, size: 'max' },
);

function commandOf(mark: string, i: number, one: ClientCommand): fc.AsyncCommand<Both, null> {
  const inTurn = async ({ seats, done }: Both): Promise<void> => {
    await done[i];
    const { known, client } = seats[i]!;
    if (one.check(known)) await one.run(known, client);
  };
  return {
    check: () => true,
    run: (both) => {
      both.done[i] = inTurn(both);
      return Promise.resolve();
    },
    toString: () => `${mark} ${String(one)}`,
  };
}

/** Two clients of two tenants at once, with the same ids. */
const twoClients = (place: Place) =>
  fc.asyncProperty(bothCommands, async (commands) => {
    const both: Both = { seats: await seatsOf(place, MARKS), done: MARKS.map(() => Promise.resolve()) };
    await fc.asyncModelRun(() => ({ model: both, real: null }), commands);
    await together(both.seats, async ({ known, client }, i) => {
      await both.done[i];
      if (!known.isOver) await checkEnd(known, client, place.errands);
    });
  });

const oneTask = (place: Place) =>
  fc.asyncProperty(races, async (each) =>
    together(await seatsOf(place, ['alice']), async ({ known, client }) => {
      await race(each, known, client);
      await checkEnd(known, client, place.errands);
    }),
  );

const overANetwork = (place: Place) =>
  fc.asyncProperty(flakyCommandsOf('alice', MOST_COMMANDS / 2), async (commands) =>
    together(await seatsOf(place, ['alice'], place.network), async (seat) => {
      await run(commands, seat);
      await checkEnd(seat.known, seat.client, place.errands);
    }),
  );

const OF = { commands: twoClients, races: oneTask, network: overANetwork };

export type Parameters = Pick<fc.Parameters, 'seed' | 'numRuns' | 'path' | 'endOnFailure'>;

/** What went wrong first, as the command says it that noticed, then seed, path and all commands; undefined when nothing did. */
export async function play(name: PropertyName, place: Place, parameters: Parameters): Promise<string | undefined> {
  // Each kind of property has arguments of its own; a run has the same ways of being asked for.
  const details = await fc.check(OF[name](place) as fc.IAsyncProperty<unknown>, parameters);
  if (!details.failed) return undefined;
  const { message = 'no error' } = (details.errorInstance ?? {}) as Partial<Error>;
  return `${message}\n${await fc.asyncDefaultReportMessage(details)}`;
}
