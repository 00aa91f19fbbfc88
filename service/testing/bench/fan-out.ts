/** What an event costs the server at 1 000 connections: through the hub, against one frame for each event and viewer. */
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { DEFAULT_POLICY, STANDARD } from '../../core/rules.ts';
import type { LedgerTask } from '../../core/task.ts';
import { Hub } from '../../live/hub.ts';
import { ChangedTask, tasksFrame } from '../../live/frames.ts';
import type { Outlet } from '../../live/outlet.ts';
import { systemClock } from '../../platform.ts';
import { GivenHub } from '../given-hub.ts';
import type { Viewers } from './viewers-process.ts';

const VIEWERS = 1_000;
const EVENTS_PER_SECOND = 900;
const SECONDS = 5;
const EVENTS_ALONE = 150;
const BAR = 10;

const rules = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };
const silent = (): void => undefined;
const log = { debug: silent, info: silent, warn: silent, error: silent };

/** CPU of this process, in ms. */
async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Sockets without tickets: what is measured is what comes behind them. */
async function openSockets(): Promise<{ url: string; sockets: WebSocketServer; close: () => void }> {
  const http = createServer((_, answer) => {
    answer.writeHead(201, { 'Content-Type': 'application/json' }).end('{"protocols":["holdfast.v1"]}');
  });
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const close = () => {
    for (const socket of sockets.clients) socket.terminate();
    http.close();
  };
  return { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`, sockets, close };
}

async function eventsThroughHub(sockets: WebSocketServer, task: (n: number) => LedgerTask): Promise<void> {
  const hub = new Hub({ clock: systemClock, rules, log });
  for (const socket of sockets.clients) {
    const outlet: Outlet = {
      send: (frame) => socket.send(frame, { binary: false }),
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
      setListening: silent,
      close: silent,
    };
    hub.follow(hub.join('alpha', outlet), new Set(['tasks']));
  }
  for (let i = 0; i < SECONDS * 100; i += 1) {
    hub.note(Array.from({ length: EVENTS_PER_SECOND / 100 }, (_, n) => ({ move: 'claim', task: task(i * 10 + n) })));
    await sleep(10);
  }
  await sleep(200);
}

async function eventsAlone(sockets: WebSocketServer, task: (n: number) => LedgerTask): Promise<void> {
  for (let i = 0; i < EVENTS_ALONE; i += 1) {
    const { frame } = tasksFrame([new ChangedTask(task(i), 0)], rules);
    for (const socket of sockets.clients) socket.send(frame, { binary: false });
    await sleep(1);
  }
  while ([...sockets.clients].some(({ bufferedAmount }) => bufferedAmount > 0)) await sleep(10);
}

/** Whether the bar is reached. */
export async function fanOut(viewers: Viewers): Promise<boolean> {
  const { url, sockets, close } = await openSockets();
  await viewers.tell({ kind: 'open', url, count: VIEWERS });
  const ledger = new GivenHub();
  const task = (n: number) => ledger.write(`task-${n}`).task;
  await eventsAlone(sockets, task); // warms both sides up
  const alone = (await cpuOf(() => eventsAlone(sockets, task))) / EVENTS_ALONE;
  const together = (await cpuOf(() => eventsThroughHub(sockets, task))) / (EVENTS_PER_SECOND * SECONDS);
  close();
  const ratio = alone / together;
  console.log(`\none event at ${VIEWERS} viewers, CPU of the server`);
  console.log(`  a frame for each event ${alone.toFixed(2)} ms, through the hub ${together.toFixed(3)} ms`);
  console.log(`  ratio ${ratio.toFixed(1)}, bar ≥ ${BAR}: ${ratio >= BAR ? 'reached' : 'NOT reached'}`);
  return ratio >= BAR;
}
