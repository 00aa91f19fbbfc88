/**
 * One house, asked by the tenants `a` and `b` who say so as their token: on the simulated store or on SQLite, under
 * virtual time. Handlers do what the payload says. Every call of a port is noted, so that two answers can be compared in
 * what they cost, too.
 */
import { rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { attend } from '../core/attempt.ts';
import { taskName } from '../core/entry-keys.ts';
import type { Desk } from '../core/operate.ts';
import type { Bell, Ports, Random, Run, RunOutcome, RunRequest } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { sweep } from '../core/sweep.ts';
import { openStorage } from '../embedded/storage.ts';
import type { Answered, Door } from '../http/door-under-test.ts';
import { openDoor } from '../http/door-under-test.ts';
import type { Identity } from '../http/identity/identity.ts';
import { LOCAL } from '../http/principal.ts';
import { simulatedHouse } from '../http/simulated-house.ts';
import { clockOf, newDataDir } from './given-storage.ts';

export type Tenant = 'a' | 'b';
export type StoreKind = 'simulated' | 'sqlite';

/** `Authorization: Bearer a`, or b; anything else is nobody. */
export const twoIdentities: Identity = {
  of: (call) => {
    const tenant = /^Bearer ([ab])$/.exec(call.header('authorization') ?? '')?.[1];
    if (tenant === undefined) throw new Refusal('unauthenticated', 'Send a token.');
    return { ...LOCAL, tenant, subject: `key:${tenant}`, kind: 'key' };
  },
  stands: () => true,
  onEnded: () => undefined,
};

/** Nothing random happens, but no two names are equal. */
function countingRandom(): Random {
  let count = 0;
  const next = () => String((count += 1)).padStart(12, '0');
  return { uniform: () => 0.5, token: () => `token-${next()}`, taskId: () => `made-${next()}k` };
}

const CALLED = ['ledger', 'keyValue', 'statistics'] as const;

/** Every method of these ports first says that it was called, and for how many items. */
function noting(ports: Ports, note: (call: string) => void): Ports {
  const wrapped = CALLED.map((name) => {
    const port = ports[name];
    const get = (_: object, method: string): unknown => {
      const value: unknown = Reflect.get(port, method);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        note(`${name}.${method}${Array.isArray(args[0]) ? ` ${args[0].length}` : ''}`);
        return Reflect.apply(value, port, args);
      };
    };
    return [name, new Proxy({}, { get })];
  });
  return { ...ports, ...(Object.fromEntries(wrapped) as Pick<Ports, (typeof CALLED)[number]>) };
}

/** `durationMs` keeps it running; `failureRate` 1 fails it, in its own words. */
function runOf({ task }: RunRequest): Run {
  const {
    durationMs = 0,
    failureRate = 0,
    failureClass = 'SYSTEM',
  } = JSON.parse(task.payload) as Record<string, never>;
  const ended = Promise.withResolvers<RunOutcome>();
  const failed = (message: string): RunOutcome => ({
    kind: 'failed',
    error: { name: 'SimulatedError', message, class: failureClass },
    log: { lines: [{ atMs: task.updatedAtMs, level: 'info', text: message }], truncated: false },
  });
  if (durationMs === 0) {
    const words = `${task.payload} of ${task.tenant}`;
    ended.resolve(failureRate === 0 ? { kind: 'succeeded', result: JSON.stringify({ words }) } : failed(words));
  }
  const stop = () => ended.resolve(failed('stopped'));
  return { outcome: ended.promise, abort: stop, kill: stop };
}

/** Resolves when the attempt has ended, or runs. */
async function answer(bell: Bell, { ports, rules, running }: Desk): Promise<void> {
  const runs = Promise.withResolvers<undefined>();
  const start = (request: RunRequest): Run => {
    if (/durationMs/.test(request.task.payload)) runs.resolve(undefined);
    return runOf(request);
  };
  const isolated = bell.lane === 'isolated';
  const worker = { ports, rules, running, runner: { start }, versionsOf: () => [1], unserved: new Set<string>() };
  await Promise.race([runs.promise, attend(bell, { ...worker, isolated, ownerPrefix: '' })]);
}

export interface TwoTenants {
  /** Under a request id that is always the same. */
  ask(tenant: Tenant, line: string, request?: { body?: unknown; headers?: Record<string, string> }): Promise<Answered>;
  /** Answers the bells that are visible: of one tenant, and until nothing is left but what runs. */
  work(tenant: Tenant): Promise<void>;
  sweep(): Promise<void>;
  pass(ms: number): Promise<void>;
  /** Calls of ports since the last time. */
  calls(): string[];
  readonly door: Door;
  close(): void;
}

export function twoTenants(kind: StoreKind): TwoTenants {
  const base = simulatedHouse();
  const { time } = base;
  const dataDir = kind === 'sqlite' ? newDataDir() : undefined;
  const onBroken = (error: unknown): void => {
    throw error;
  };
  const storage = dataDir === undefined ? undefined : openStorage({ dataDir, clock: clockOf(time), onBroken });
  let calls: string[] = [];
  const bells = new Map<string, Bell>();
  const doorbell: Ports['doorbell'] = {
    ring: (rung) => Promise.resolve(rung.map((bell) => (bells.set(taskName(bell), bell), 'rung' as const))),
    depth: () => Promise.resolve(0),
  };
  const { ledger, keyValue, statistics } = storage ?? base.house.desk.ports;
  const ports = noting(
    { ...base.house.desk.ports, ledger, keyValue, statistics, doorbell, random: countingRandom() },
    (call) => calls.push(call),
  );
  const desk = { ...base.house.desk, ports };
  const door = openDoor({ house: { ...base.house, desk, identity: twoIdentities } });
  const { rules, running } = desk;
  return {
    door,
    ask: (tenant, line, { body, headers } = {}) =>
      door.ask(line, body, { headers: { authorization: `Bearer ${tenant}`, 'x-request-id': 'same', ...headers } }),
    work: async (tenant) => {
      const visible = () => [...bells].find(([, bell]) => bell.tenant === tenant && bell.notBeforeMs <= time.nowMs);
      for (let next; (next = visible());) {
        bells.delete(next[0]);
        await answer(next[1], desk);
      }
    },
    sweep: async () => {
      await sweep(ports, rules, { limit: 1_000, isAlive: (task) => running.has(task) });
    },
    pass: async (ms) => {
      await time.play(() => false, time.nowMs + ms);
      for (let turns = 0; turns < 5; turns += 1) await turn(); // what a timer set off may be written by now
    },
    calls: () => {
      const made = calls;
      calls = [];
      return made;
    },
    close: () => {
      storage?.close();
      if (dataDir !== undefined) rmSync(dataDir, { recursive: true });
    },
  };
}
