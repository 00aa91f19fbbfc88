/**
 * npm run bench -- identity: what knowing the caller costs a request on one thread, in microseconds: the owner of a server
 * that asks for no key, a key that was judged within 5 s, and one that has to be looked up in the data folder.
 */
import type { IncomingMessage } from 'node:http';
import { rmSync } from 'node:fs';
import { openStorage } from '../../embedded/storage.ts';
import { Call } from '../../http/call.ts';
import { Callers } from '../../http/identity/callers.ts';
import { KeyStore } from '../../http/identity/key-store.ts';
import { createLog } from '../../log.ts';
import { systemClock, systemRandom } from '../../platform.ts';
import { newDataDir } from '../given-storage.ts';

const ROUNDS = 9;
const CALLS = 50_000;
const BAR_MICROSECONDS = 5;
/** What stands before Authorization in the request of an ordinary client. */
const HEADERS = { host: 'tasks.example.com', 'user-agent': 'node', accept: '*/*', 'content-type': 'application/json' };

let sink: unknown;

const dataDir = newDataDir();
const onBroken = (error: unknown): void => {
  throw error;
};
const storage = openStorage({ dataDir, clock: systemClock, onBroken });
const log = createLog({ level: 'error', isTerminal: false, write: () => true });
const ports = { keyValue: storage.keyValue, clock: systemClock, random: systemRandom(), log };
const keys = new KeyStore(ports);
const identity = new Callers({ ports, keys, allowsLocal: true });

function callWith(authorization?: string): Call {
  const headers = { ...HEADERS, ...(authorization && { authorization }) };
  const incoming = { headers, rawHeaders: Object.entries(headers).flat(), url: '/tasks', socket: {} };
  return new Call(new Request('http://localhost/tasks'), incoming as unknown as IncomingMessage, () => 'id');
}

/** Whoever is refused costs its judge as much as whoever is not. */
async function judged(call: Call): Promise<unknown> {
  const found = identity.of(call);
  return found instanceof Promise ? found.catch(() => undefined) : found;
}

/** The median of the rounds, and how far from it they lie. */
async function measured(act: (call: Call) => unknown, call: Call, calls = CALLS): Promise<[number, number]> {
  const times: number[] = [];
  for (let round = -2; round < ROUNDS; round += 1) {
    const startMs = performance.now();
    for (let i = 0; i < calls; i += 1) sink = await act(call);
    if (round >= 0) times.push(((performance.now() - startMs) * 1_000) / calls); // the first rounds warm up
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]!;
  return [median, Math.max(...times.map((each) => Math.abs(each / median - 1)))];
}

const show = (name: string, [microseconds, spread]: [number, number]): number => {
  console.log(`  ${name.padEnd(40)} ${microseconds.toFixed(2).padStart(7)} µs ±${(100 * spread).toFixed(0)} %`);
  return microseconds;
};

const { text } = await keys.create({ tenant: 'acme', name: 'bench', scopes: ['tasks:submit'], createdBy: 'local' });
const wrong = `${text.slice(0, -6)}AAAAAA`;
await judged(callWith(`Bearer ${text}`));
show('awaiting nothing', await measured(() => sink, callWith()));
show('no key, none asked for', await measured((call) => identity.of(call), callWith()));
const believed = show(
  'a key judged within 5 s',
  await measured((call) => identity.of(call), callWith(`Bearer ${text}`)),
);
show('a wrong secret, looked up and refused', await measured(judged, callWith(`Bearer ${wrong}`), CALLS / 10));
storage.close();
rmSync(dataDir, { recursive: true });
const isReached = believed <= BAR_MICROSECONDS;
console.log(`  bar ≤ ${BAR_MICROSECONDS} µs for a key judged within 5 s: ${isReached ? 'reached' : 'NOT reached'}`);
process.exitCode = isReached && sink !== null ? 0 : 1;
