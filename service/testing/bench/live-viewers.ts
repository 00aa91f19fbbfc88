/**
 * Viewers of the live channel in a process of their own, told over IPC what to do: open so many, count from now on, report,
 * have one beside them that never reads. Of each frame only the first task is looked at: the one that waited longest.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { ticketOf } from '../live-client.ts';

export type Order =
  | { readonly kind: 'open'; readonly url: string; readonly count: number }
  | { readonly kind: 'count' | 'report' | 'listen' }
  | { readonly kind: 'deaf'; readonly url: string };

/** Times in ms from the write of the task to the arrival of its frame. */
export interface Report {
  readonly frames: number;
  readonly resyncs: number;
  readonly p50: number;
  readonly p99: number;
  readonly deafClosed: number;
}

const UPDATED_AT = '"updatedAt":"';
const TIMESTAMP_LENGTH = '2026-01-01T00:00:00.000Z'.length;
/** Connections that are being opened side by side. */
const ABREAST = 50;
const PING_EVERY_MS = 30_000;
const HEARS_WITHIN_MS = 2_000;

let frames = 0;
let resyncs = 0;
let delays: number[] = [];
let deaf: WebSocket | undefined;
let deafClosed = 0;

async function connected(url: string): Promise<WebSocket> {
  const { protocols } = await ticketOf(url);
  const socket = new WebSocket(`${url.replace('http', 'ws')}/live`, protocols, { perMessageDeflate: false });
  await once(socket, 'open');
  socket.send('{"action":"subscribe","id":"1","topics":["tasks"]}');
  return socket;
}

function take(bytes: Buffer): void {
  const at = bytes.indexOf(UPDATED_AT);
  if (at === -1) return void (resyncs += bytes.includes('"resync"') ? 1 : 0);
  frames += 1;
  const from = at + UPDATED_AT.length;
  delays.push(Date.now() - Date.parse(bytes.toString('latin1', from, from + TIMESTAMP_LENGTH)));
}

async function open(url: string, count: number): Promise<void> {
  for (let i = 0; i < count; i += ABREAST) {
    const some = Array.from({ length: Math.min(ABREAST, count - i) }, () => connected(url));
    for (const socket of await Promise.all(some)) {
      socket.on('message', take);
      // Whoever is silent is closed.
      setInterval(() => socket.send('{"action":"ping","id":"2"}'), PING_EVERY_MS);
    }
  }
}

async function openDeaf(url: string): Promise<void> {
  deaf = await connected(url);
  deaf.on('error', () => undefined);
  deaf.on('close', () => (deafClosed += 1));
  deaf.pause();
}

/** Whoever does not read does not hear that it was closed. */
async function listenAgain(): Promise<void> {
  if (deaf === undefined) return;
  const closed = once(deaf, 'close');
  deaf.resume();
  await Promise.race([closed, sleep(HEARS_WITHIN_MS)]);
  deaf.removeAllListeners('close').terminate();
  deaf = undefined;
}

const part = (share: number): number => delays.sort((a, b) => a - b)[Math.floor(delays.length * share)] ?? Number.NaN;

async function obey(order: Order): Promise<Report | 'done'> {
  if (order.kind === 'open') await open(order.url, order.count);
  if (order.kind === 'deaf') await openDeaf(order.url);
  if (order.kind === 'listen') await listenAgain();
  if (order.kind === 'count') [frames, resyncs, delays, deafClosed] = [0, 0, [], 0];
  return order.kind === 'report' ? { frames, resyncs, p50: part(0.5), p99: part(0.99), deafClosed } : 'done';
}

process.on('message', (order: Order) => {
  void obey(order).then((answer) => process.send!(answer));
});
process.on('disconnect', () => process.exit());
