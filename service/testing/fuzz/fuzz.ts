/**
 * Thousands of requests made from the contract, half of them wrong in some way, against a server that is running. What
 * it answers is held against the contract; afterwards it has to be well and to know every task that it has accepted.
 */
import { ownAddress } from '../identities.ts';
import type { Caller } from './callers.ts';
import { hasAll } from './callers.ts';
import type { Document } from './contract.ts';
import { Contract } from './contract.ts';
import { judged } from './judge.ts';
import { Memory } from './memory.ts';
import { Plan } from './plan.ts';
import type { Planned } from './planned.ts';
import { described } from './planned.ts';
import type { Rule } from './verdict.ts';
import type { Answered, Exchange } from './wire.ts';
import { Wire } from './wire.ts';

export interface FuzzOptions {
  readonly port: number;
  readonly seed: number;
  readonly requests: number;
  /** What chance alone keeps from being seen in so many requests is waited for, up to another number of them. */
  readonly goOn?: { readonly mostRequests: number; readonly lacks: (seen: Seen) => boolean };
  readonly atOnce?: number;
  /** The time by the server's clock; now, unless it has one of its own. */
  readonly nowMs?: number;
  /** Of the tenants alpha and beta; empty where the server asks nobody who he is. */
  readonly callers?: readonly Caller[];
  /** Ends at so many findings; more tell nothing new. */
  readonly mostFindings?: number;
}

export interface Finding {
  readonly rule: Rule | 'a lost receipt' | 'not well afterwards';
  readonly why: string;
  readonly request: string;
}

export interface Seen {
  /** How often each operation answered each status: `cancelTask 409`. */
  readonly answers: ReadonlyMap<string, number>;
  readonly operations: Contract['operations'];
}

export interface Report extends Seen {
  readonly seed: number;
  readonly marker: string;
  readonly sent: number;
  readonly findings: readonly Finding[];
  readonly receipts: number;
}

const AT_ONCE = 16;
const MOST_FINDINGS = 20;
const WELL_WITHIN_MS = 20_000;
const MOST_PAGES = 10_000;

export async function fuzz(options: FuzzOptions): Promise<Report> {
  const { port, seed, nowMs = Date.now(), callers = [] } = options;
  const wire = new Wire(port);
  try {
    const contract = new Contract((await answerOf(wire, '/openapi.json')).json as Document);
    const plan = new Plan({ contract, seed, nowMs, callers });
    const run = new Run(wire, plan, options);
    await run.play(contract.operations);
    await run.audit();
    const { findings, answers, receipts, sent } = run;
    return { seed, marker: plan.marker, sent, findings, receipts, answers, operations: contract.operations };
  } finally {
    wire.close();
  }
}

const asked = (target: string, headers: Planned['headers'] = {}): Planned => ({
  ...{ index: 0, operationId: undefined, mutation: 'audit', expected: 'either', method: 'GET', headers },
  ...{ target, body: undefined },
});

async function answerOf(wire: Wire, target: string, headers?: Planned['headers']): Promise<Answered> {
  const exchange = await wire.send(asked(target, headers));
  if (typeof exchange === 'string') throw new Error(`GET ${target} got no answer: ${exchange}.`);
  return exchange;
}

class Run {
  readonly #memories = new Map<string, Memory>();
  readonly findings: Finding[] = [];
  readonly answers = new Map<string, number>();
  sent = 0;
  readonly #wire: Wire;
  readonly #plan: Plan;
  readonly #options: FuzzOptions;

  constructor(wire: Wire, plan: Plan, options: FuzzOptions) {
    this.#wire = wire;
    this.#plan = plan;
    this.#options = options;
  }

  get receipts(): number {
    return [...this.#memories.values()].reduce((sum, { receipts }) => sum + receipts.size, 0);
  }

  /** In the order of the plan, some at once. */
  async play(operations: Contract['operations']): Promise<void> {
    const { requests, goOn, atOnce = AT_ONCE, mostFindings = MOST_FINDINGS } = this.#options;
    const isDue = (): boolean =>
      this.sent < requests ||
      (goOn !== undefined && this.sent < goOn.mostRequests && goOn.lacks({ operations, answers: this.answers }));
    const lane = async (): Promise<void> => {
      while (this.findings.length < mostFindings && isDue()) {
        this.sent += 1;
        await this.#one(this.#plan.next());
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  async #one(planned: Planned): Promise<void> {
    const memory = this.#memoryOf(planned.caller?.tenant);
    const filled = sentBy(planned.caller?.isMade ? memory.made(planned) : undefined, {
      ...planned,
      ...memory.filled(planned),
    });
    const exchange = await this.#wire.send(filled);
    const broken = judged(exchange, filled, this.#plan.marker);
    if (broken) this.findings.push({ ...broken, request: `#${planned.index} ${described(filled)}` });
    this.#count(filled, exchange);
    if (typeof exchange === 'string' || exchange.status >= 300) return;
    const { link } = exchange.headers;
    memory.learn(exchange.status, exchange.json, typeof link === 'string' ? link : undefined);
  }

  #memoryOf(tenant = ''): Memory {
    const memory = this.#memories.get(tenant) ?? new Memory(tenant);
    this.#memories.set(tenant, memory);
    return memory;
  }

  #count({ operationId = 'nothing' }: Planned, exchange: Exchange): void {
    const name = `${operationId} ${typeof exchange === 'string' ? exchange : exchange.status}`;
    this.answers.set(name, (this.answers.get(name) ?? 0) + 1);
  }

  /** A server that is well knows every task that it has accepted, one by one and in its list. */
  async audit(): Promise<void> {
    await this.#expectWell();
    for (const memory of this.#memories.values()) await this.#auditReceipts(memory);
  }

  async #auditReceipts({ tenant, receipts }: Memory): Promise<void> {
    const headers = headersOf(this.#options.callers?.find((each) => each.tenant === tenant && hasAll(each)));
    const listed = await this.#listed(headers);
    for (const taskId of receipts) {
      if (listed.has(taskId)) continue;
      const { status } = await answerOf(this.#wire, `/tasks/${taskId}`, headers);
      const why = status === 200 ? 'it is in no list' : `it is answered with ${status}`;
      this.findings.push({ rule: 'a lost receipt', why, request: taskId });
    }
  }

  async #expectWell(): Promise<void> {
    const endMs = performance.now() + WELL_WITHIN_MS;
    for (;;) {
      const [health, ready] = await Promise.all([answerOf(this.#wire, '/health'), answerOf(this.#wire, '/ready')]);
      if (health.status === 200 && ready.status === 200) return;
      if (performance.now() < endMs) continue;
      this.findings.push({ rule: 'not well afterwards', why: ready.text, request: 'GET /health, GET /ready' });
      return;
    }
  }

  async #listed(headers: Planned['headers']): Promise<ReadonlySet<string>> {
    const ids = new Set<string>();
    let target: string | undefined = '/tasks?limit=100';
    for (let pages = 0; target !== undefined && pages < MOST_PAGES; pages += 1) {
      const { items = [], nextCursor } = (await answerOf(this.#wire, target, headers)).json as {
        items?: readonly { readonly taskId: string }[];
        nextCursor?: string | null;
      };
      for (const { taskId } of items) ids.add(taskId);
      target = nextCursor
        ? `/tasks?${new URLSearchParams({ limit: '100', cursor: nextCursor }).toString()}`
        : undefined;
    }
    return ids;
  }
}

const headersOf = (caller: Caller | undefined): Planned['headers'] =>
  caller?.authorization === undefined ? {} : { Authorization: caller.authorization };

/** From an address of its own, for one that fails too often is not judged any more. */
function sentBy(made: Caller | undefined, planned: Planned): Planned {
  const caller = made ?? planned.caller;
  if (caller === undefined) return planned;
  const headers = { ...planned.headers, ...headersOf(caller), 'X-Forwarded-For': ownAddress() };
  return { ...planned, caller, headers };
}

/** Statuses that the contract lists and the run has not seen; those of a server in trouble, or of a limit, aside. */
export function unseen({ operations, answers }: Seen): string[] {
  return operations.flatMap(({ operationId, statuses }) =>
    statuses
      .filter((status) => !status.startsWith('5') && status !== '429')
      .map((status) => `${operationId} ${status}`)
      .filter((name) => !answers.has(name)),
  );
}

export function describedReport({ seed, sent, receipts, findings, answers }: Report): string {
  const lines = findings.map(({ rule, why, request }) => `${rule}: ${why}\n    ${request}`);
  const counts = [...answers].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `${name} × ${count}`);
  const again = `npm run fuzz -- --requests ${sent} --seed ${seed}`;
  return [
    counts.join(', '),
    ...lines,
    `${sent} requests, ${receipts} receipts, ${findings.length} findings: ${again}`,
  ].join('\n');
}
