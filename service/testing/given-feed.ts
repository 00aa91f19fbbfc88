/** A client of the live channel under virtual time for tests: its tickets, its sockets, and the ledger it reads. */
import type { Task } from '@holdfast/api/types';
import { VirtualTime } from './virtual-time.ts';
import { fakeSockets } from '../../api/sdk/fake-live.ts';
import { jsonResponse } from '../../api/sdk/fake-service.ts';
import { createHoldfast, type FollowOptions } from '../../api/sdk/index.ts';

/** A client whose tickets are answered by `ticket`, and a ledger for snapshots. */
export function given({ hasSockets = true } = {}) {
  const time = new VirtualTime();
  const timing = {
    nowMs: () => time.nowMs,
    after: (ms: number, run: () => void) => time.after(ms, run),
    random: () => 0.5,
  };
  const { opened, WebSocket } = fakeSockets();
  const world = {
    time,
    opened,
    ledger: new Map<string, Task>(),
    snapshots: 0,
    tickets: 0,
    ticket: () => jsonResponse(201, { ticket: 'abc', protocols: ['holdfast.v1', 'ticket.abc'], expiresAt: '' }),
    pass: (ms: number) => time.play(() => false, time.nowMs + ms),
    follow: (options: Partial<FollowOptions> = {}) => holdfast.follow({ topics: ['tasks'], snapshot, ...options }),
  };
  const snapshot = async (): Promise<Task[]> => {
    world.snapshots++;
    const tasks = [...world.ledger.values()];
    await new Promise<void>((resolve) => void time.after(10, resolve));
    return tasks;
  };
  const fetch = (): Promise<Response> => {
    world.tickets++;
    return new Promise((resolve) => resolve(world.ticket()));
  };
  const holdfast = createHoldfast({
    baseUrl: 'http://h.test/',
    fetch,
    timing,
    WebSocket: hasSockets ? WebSocket : Blocked,
  });
  return world;
}

class Blocked {
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    throw new Error('blocked');
  }
}

export async function givenLive(options?: Partial<FollowOptions>) {
  const world = given();
  const feed = world.follow(options);
  await world.pass(1);
  world.opened[0]!.welcome();
  await world.pass(100);
  return { ...world, feed, socket: world.opened[0]!, world };
}
