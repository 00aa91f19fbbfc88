/**
 * The client of a tenant that asks for too much, in a process of its own: told over IPC to begin, and to stop and report. It
 * ignores what it is answered, sends the next request as soon as it may, and connects again when it is shut out.
 */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Answers, postRequest } from './load-client.ts';

export type FloodKind = 'singles' | 'batches' | 'long tasks';

export type FloodOrder =
  | {
      readonly kind: 'begin';
      readonly flood: FloodKind;
      readonly port: number;
      readonly key: string;
      readonly round: number;
    }
  | { readonly kind: 'end' };

/** How many answers of each status there were. */
export type FloodReport = Readonly<Record<number, number>>;

const CONNECTIONS = 100;
const BATCH = 100;
/** Below the rate of a tenant: what this flood costs others is places for attempts. */
const PACED_PER_SECOND = 400;
const MAKES: Readonly<Record<FloodKind, { readonly payload: object; readonly size: number }>> = {
  singles: { payload: { failureRate: 0 }, size: 1 },
  batches: { payload: { failureRate: 0 }, size: BATCH },
  'long tasks': { payload: { failureRate: 0, durationMs: 60_000 }, size: 1 },
};

let serial = 0;
let isOn = false;
let counts: Record<number, number> = {};
let rounds: Promise<unknown> = Promise.resolve();

function requestOf({ flood, key, round }: Extract<FloodOrder, { kind: 'begin' }>): Buffer {
  const { payload, size } = MAKES[flood];
  const tasks = Array.from({ length: size }, () => ({
    taskId: `f${round}-${(serial += 1)}-x`,
    type: 'simulate',
    payload,
  }));
  const authorization = { Authorization: `Bearer ${key}` };
  return size === 1
    ? postRequest('/tasks', tasks[0], authorization)
    : postRequest('/tasks/batch', { tasks }, authorization);
}

function oneConnection(order: Extract<FloodOrder, { kind: 'begin' }>): Promise<void> {
  const socket = connect({ port: order.port, host: '127.0.0.1', noDelay: true });
  const answers = new Answers();
  const pauseMs = order.flood === 'long tasks' ? (CONNECTIONS * 1_000) / PACED_PER_SECOND : 0;
  const next = async (): Promise<void> => {
    if (pauseMs > 0) await sleep(pauseMs);
    if (isOn && socket.writable) socket.write(requestOf(order));
    else socket.destroy();
  };
  return new Promise((resolve) => {
    socket.on('connect', () => void next());
    socket.on('data', (chunk: Buffer) => {
      for (const status of answers.push(chunk)) {
        counts[status] = (counts[status] ?? 0) + 1;
        void next();
      }
    });
    socket.on('error', () => undefined); // a reset is an end too, and 'close' follows
    socket.on('close', () => resolve());
  });
}

async function untilEnd(order: Extract<FloodOrder, { kind: 'begin' }>): Promise<void> {
  while (isOn) await oneConnection(order);
}

process.on('message', (order: FloodOrder) => {
  if (order.kind === 'begin') {
    isOn = true;
    counts = {};
    rounds = Promise.all(Array.from({ length: CONNECTIONS }, () => untilEnd(order)));
    return;
  }
  isOn = false;
  void rounds.then(() => process.send!(counts));
});
