/** One hostile input against a running server: what it got, held against the contract of problems, and what it left behind. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Problem } from '@holdfast/api/types';
import { judged } from '../fuzz/judge.ts';
import type { Planned } from '../fuzz/planned.ts';
import type { Exchange } from '../fuzz/wire.ts';
import { answerIn } from '../fuzz/wire.ts';
import { connected, untilClosed } from '../raw-client.ts';
import type { RealServer } from '../real-server.ts';

export interface Tried {
  /** `400 invalid-json`; the status alone where there is no problem, and one word where there was no answer. */
  readonly outcome: string;
  /** The rule of the contract that the answer breaks. */
  readonly broken: string | undefined;
  readonly exchange: Exchange;
}

/** Nothing that is sent holds it: what is echoed is looked for by tests of its own. */
const NO_MARKER = '\u0001';

/** The server has to close the connection, or the test hangs. */
export async function tried(server: RealServer, raw: Buffer): Promise<Tried> {
  const about = { index: 0, operationId: undefined, mutation: 'bad input', expected: 'either', method: 'GET' } as const;
  const planned: Planned = { ...about, target: '/', headers: {}, body: undefined, raw };
  const socket = await connected(server.url);
  socket.write(raw);
  const exchange = answerIn(await untilClosed(socket));
  const broken = judged(exchange, planned, NO_MARKER);
  return { outcome: outcomeOf(exchange), broken: broken && `${broken.rule}: ${broken.why}`, exchange };
}

function outcomeOf(exchange: Exchange): string {
  if (typeof exchange === 'string') return exchange;
  const { status, json } = exchange;
  return status < 400 ? String(status) : `${status} ${(json as Partial<Problem> | undefined)?.code ?? ''}`;
}

/** Tickets come and go, uses of keys are noted when there is time, and the engine counts its sweeps. */
const CLIENTS = ['live-ticket/', 'api-key-use/', 'sweeps'].map((name) => `key NOT LIKE '%${name}%'`).join(' AND ');

/** All that clients can have put into the ledger and the key-value store. */
export function stored(dataDir: string): string {
  const database = new DatabaseSync(path.join(dataDir, 'ledger.sqlite'), { readOnly: true });
  const tasks = database.prepare('SELECT * FROM task ORDER BY id').all();
  const entries = database.prepare(`SELECT * FROM key_value WHERE ${CLIENTS} ORDER BY key`).all();
  database.close();
  return JSON.stringify({ tasks, entries });
}

/** As if the time of all tickets were over. */
export function endTickets(dataDir: string): void {
  const database = new DatabaseSync(path.join(dataDir, 'ledger.sqlite'));
  database.exec("PRAGMA busy_timeout = 5000; UPDATE key_value SET purge_at_ms = 1 WHERE key LIKE '%live-ticket/%'");
  database.close();
}

/** Lines of the log that a client must not be able to cause. */
export const errorLines = (server: RealServer): string[] =>
  server
    .output()
    .split('\n')
    .filter((line) => /"level":"error"|request-failed|worker-ended/.test(line));
