/** What is played once without a crash, and then once for each call before and after which somebody dies. */
import type { LedgerTask } from '../../core/task.ts';
import type { Client, Operation } from './client.ts';
import type { Kind } from './handlers.ts';

/** How a task ends, whoever dies meanwhile. */
export interface End {
  readonly status: LedgerTask['status'];
  readonly failures: number;
  /** Deaths of which somebody has to be told. */
  readonly deaths: number;
  readonly history: readonly Operation[];
}

export interface Scenario {
  readonly name: string;
  readonly ends: Readonly<Partial<Record<Kind, End>>>;
  readonly play: (client: Client) => Promise<void>;
}

const SUCCEEDED: End = { status: 'succeeded', failures: 0, deaths: 0, history: [] };
const CANCELLED: End = { ...SUCCEEDED, status: 'cancelled', history: ['cancel'] };
const DEAD: End = { ...SUCCEEDED, status: 'dead', failures: 1, deaths: 1 };

/** An operator who is told that a death is still being announced asks again later. */
async function inInbox(client: Client, kind: Kind, operation: Operation): Promise<void> {
  await client.until(kind, 'dead');
  for (let isTooEarly = true; isTooEarly;) {
    await client.ask(operation, kind);
    isTooEarly = client.asked.at(-1)!.answer === 'not-announced-yet';
    if (isTooEarly) {
      client.asked.pop();
      await client.pass(1_000);
    }
  }
}

export const SCENARIOS: readonly Scenario[] = [
  {
    name: 'submit → succeeded',
    ends: { fine: SUCCEEDED },
    play: (client) => client.submit('fine'),
  },
  {
    name: 'two failures, then succeeded',
    ends: { flaky: { ...SUCCEEDED, failures: 2 } },
    play: (client) => client.submit('flaky'),
  },
  {
    name: 'dead → announced',
    ends: { permanent: DEAD },
    play: (client) => client.submit('permanent'),
  },
  {
    name: 'dead → redrive → succeeded',
    ends: { mended: { status: 'succeeded', failures: 1, deaths: 1, history: ['redrive'] } },
    play: async (client) => {
      await client.submit('mended');
      await inInbox(client, 'mended', 'redrive');
    },
  },
  {
    name: 'dead → discard',
    ends: { permanent: { ...DEAD, history: ['discard'] } },
    play: async (client) => {
      await client.submit('permanent');
      await inInbox(client, 'permanent', 'discard');
    },
  },
  {
    name: 'cancel of a waiting task',
    ends: { later: CANCELLED },
    play: async (client) => {
      await client.submit('later');
      await client.ask('cancel', 'later');
    },
  },
  {
    name: 'cancel of a running task',
    ends: { slow: CANCELLED },
    play: async (client) => {
      await client.submit('slow');
      await client.until('slow', 'running');
      await client.ask('cancel', 'slow');
    },
  },
  {
    name: 'graceful stop in mid attempt',
    ends: { slow: SUCCEEDED },
    play: async (client) => {
      await client.submit('slow');
      await client.until('slow', 'running', 'succeeded');
      await client.pass(1_000);
      client.house.stopWorker();
    },
  },
  {
    name: 'a batch of submits',
    ends: { fine: SUCCEEDED, permanent: DEAD, sliced: SUCCEEDED },
    play: (client) => client.submit('fine', 'permanent', 'sliced'),
  },
  {
    name: 'work in slices',
    ends: { sliced: SUCCEEDED },
    play: (client) => client.submit('sliced'),
  },
  {
    name: 'lost beside others, then isolated',
    ends: { poison: SUCCEEDED },
    play: (client) => client.submit('poison'),
  },
  {
    name: 'a bell that is lost',
    ends: { fine: SUCCEEDED },
    play: (client) => {
      client.house.lose('bell');
      return client.submit('fine');
    },
  },
  {
    name: 'a death that cannot be told of',
    ends: { permanent: DEAD },
    play: (client) => {
      client.house.lose('death');
      return client.submit('permanent');
    },
  },
  {
    name: 'an attempt that is lost with its server',
    ends: { slow: SUCCEEDED },
    play: async (client) => {
      await client.submit('slow');
      await client.until('slow', 'running', 'succeeded');
      client.house.killWorker();
    },
  },
];
