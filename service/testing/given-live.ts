/** A server in this process on a port of its own: real HTTP and sockets in front of a simulated house under virtual time. */
import type { TaskEvent } from '../core/ports.ts';
import { createApp } from '../http/app.ts';
import { isLoopbackHost } from '../http/gate.ts';
import type { Replaced, SimulatedHouse } from '../http/simulated-house.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import { listen } from '../listen.ts';
import type { LiveOptions } from '../live/door.ts';
import { openLive } from '../live/door.ts';
import { ticketOf } from './live-client.ts';
import { answerTo } from './raw-client.ts';

export const ALLOWED_ORIGIN = 'https://dashboard.example.com';

export interface GivenLive extends SimulatedHouse {
  readonly url: string;
  /** Of virtual time. */
  readonly pass: (ms: number) => Promise<void>;
  readonly submit: (...taskIds: string[]) => Promise<void>;
  readonly tell: (events: readonly TaskEvent[]) => void;
  readonly close: (withinMs?: number) => Promise<void>;
}

export async function givenLive({
  limits,
  ...replaced
}: Replaced & Pick<LiveOptions, 'limits'> = {}): Promise<GivenLive> {
  const simulated = simulatedHouse(replaced);
  const { house, time } = simulated;
  const guests = { allowsHost: isLoopbackHost, origins: new Set([ALLOWED_ORIGIN]) };
  const app = createApp({ house, ...guests, pages: new Map() });
  const live = openLive({ house, guests, limits: { seats: 100, ...limits } });
  const listener = await listen({ app, live, host: '127.0.0.1', port: 0, log: house.desk.ports.log });
  const { url } = listener;
  const submitOne = (taskId: string) =>
    fetch(`${url}/tasks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ taskId, payload: {} }),
    });
  return {
    ...simulated,
    url,
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    submit: async (...taskIds) => {
      await Promise.all(taskIds.map(submitOne));
    },
    tell: (events) => house.changes.notify(events),
    close: (withinMs = 2_000) => listener.close(withinMs),
  };
}

const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';

/** A correct handshake but for what is said; undefined leaves a header out. */
export interface Handshake {
  readonly target?: string;
  readonly ticket?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export async function handshakeBytes(
  url: string,
  { target = '/live', ticket, headers = {} }: Handshake,
): Promise<string> {
  const lines: Record<string, string | undefined> = {
    Host: 'localhost',
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': KEY,
    'Sec-WebSocket-Protocol': `holdfast.v1, ticket.${ticket ?? (await ticketOf(url)).ticket}`,
    ...headers,
  };
  const sent = Object.entries(lines).map(([name, value]) => (value === undefined ? '' : `${name}: ${value}\r\n`));
  return `GET ${target} HTTP/1.1\r\n${sent.join('')}\r\n`;
}

/** All that a refused handshake is answered. */
export const answerToHandshake = async (url: string, handshake: Handshake): Promise<string> =>
  answerTo(url, await handshakeBytes(url, handshake));
