/**
 * Stands on loopback between an SDK and an emulator of SQS or DynamoDB, and does by rules what networks and services do.
 * Each rule counts what it did, so that a run can compare what was injected with what was recovered. One seed decides, after
 * each `set` anew; requests that are under way at once may meet it in another order. Control: GET and PUT /_faults.
 */
import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Seeded } from '../seeded.ts';
import type { Answer, Divided } from './answers.ts';
import { errorAnswer, lost, refused } from './answers.ts';
import { LateIndexes } from './late-indexes.ts';
import type { Call, Rule } from './rules.ts';
import { callOf, matches } from './rules.ts';

const CONTROL = '/_faults';
const DUPLICATE_WITHIN_MS = 50;
/** Longer than any test: only rules break connections. */
const KEEP_ALIVE_MS = 600_000;
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

export interface Count {
  /** Requests that the rule was for; entries, where it strikes entries. */
  met: number;
  struck: number;
}

export interface FaultProxyOptions {
  /** Of the emulator. */
  readonly upstream: string;
  readonly seed?: number;
  readonly port?: number;
  /** Told of every request that the service answered, whatever the client is told of it. */
  readonly onApplied?: (call: Call, answer: Answer) => void;
  /** Told of what was answered with success and not applied, before the rest of its batch goes on. */
  readonly onLost?: (call: Call) => void;
}

/** How a request came, its body apart. */
type Envelope = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

interface Arrived {
  readonly call: Call;
  readonly envelope: Envelope;
}

/** `reset`: the connection ends without an answer. */
type Outcome = Answer | 'reset';

export class FaultProxy {
  readonly #upstream: URL;
  readonly #onApplied: FaultProxyOptions['onApplied'];
  readonly #onLost: FaultProxyOptions['onLost'];
  readonly #indexes: LateIndexes;
  readonly #seed: number;
  /** How long something takes; whom it strikes does not depend on it. */
  readonly #times: Seeded;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server: Server;
  readonly #late = new Set<Promise<unknown>>();
  readonly #counts = new Map<string, Count>();
  #rules: readonly Rule[] = [];
  #random: Seeded;
  #struckBefore: Readonly<Record<string, Count>> = {};
  #setAtMs = 0;

  private constructor({ upstream, seed = 1, onApplied, onLost }: FaultProxyOptions) {
    this.#upstream = new URL(upstream);
    this.#onApplied = onApplied;
    this.#onLost = onLost;
    this.#seed = seed;
    this.#random = new Seeded(seed);
    this.#times = new Seeded(seed);
    this.#indexes = new LateIndexes(new Seeded(seed));
    this.#server = createServer((incoming, response) => {
      // A broken connection on either side is the end of this request, and never of the proxy.
      this.#serve(incoming, response).catch(() => incoming.socket.resetAndDestroy());
    });
  }

  static async start(options: FaultProxyOptions): Promise<FaultProxy> {
    const proxy = new FaultProxy(options);
    proxy.#server.keepAliveTimeout = KEEP_ALIVE_MS;
    proxy.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** From now on these, and no others, and from the seed on. Counts of rules that were there before go on. */
  set(rules: readonly Rule[]): void {
    this.#rules = rules;
    this.#random = new Seeded(this.#seed);
    this.#struckBefore = structuredClone(Object.fromEntries(this.#counts));
    this.#setAtMs = performance.now();
  }

  heal(): void {
    this.set([]);
  }

  get counts(): Readonly<Record<string, Readonly<Count>>> {
    return Object.fromEntries(this.#counts);
  }

  count(name: string): Readonly<Count> {
    return this.#counts.get(name) ?? { met: 0, struck: 0 };
  }

  /** Everything that was to be applied once more has been. */
  async settled(): Promise<void> {
    while (this.#late.size > 0) await Promise.all(this.#late);
  }

  async stop(): Promise<void> {
    await this.settled();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if (incoming.url === CONTROL) {
      this.#control(incoming.method, text, response);
      return;
    }
    const call = callOf(incoming.headers['x-amz-target'] as string | undefined, text);
    const outcome = await (call ? this.#outcomeOf({ call, envelope: incoming }) : this.#forward(incoming, text));
    if (outcome === 'reset') incoming.socket.resetAndDestroy();
    else response.writeHead(outcome.status, outcome.headers).end(outcome.text);
  }

  #control(method: string | undefined, text: string, response: ServerResponse): void {
    if (method === 'PUT') this.set(JSON.parse(text) as Rule[]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.counts));
  }

  /** Delays add up; of the other rules the first that strikes decides. */
  async #outcomeOf({ call, envelope }: Arrived): Promise<Outcome> {
    for (const rule of this.#rules) {
      if (this.#isOver(rule) || !matches(rule, call)) continue;
      const { fault } = rule;
      if (fault.kind === 'lose' || fault.kind === 'refuse-entries') {
        const whole = (fault.kind === 'lose' ? lost : refused)(call, () => this.#strikes(rule));
        if (whole !== undefined && whole.victims > 0) {
          if (fault.kind === 'lose') this.#onLost?.({ ...call, body: whole.struck });
          return this.#inPart(whole, envelope);
        }
      } else if (fault.kind === 'stale') {
        const late = this.#indexes.answerTo(call, fault.withinMs);
        if (late !== undefined && this.#strikes(rule)) return late;
      } else if (this.#strikes(rule)) {
        if (fault.kind !== 'delay') return this.#struck(fault, { call, envelope });
        await sleep(this.#times.between(fault.fromMs, fault.toMs));
      }
    }
    return this.#forward(envelope, call.text);
  }

  #isOver({ name, forMs = Infinity, most = Infinity }: Rule): boolean {
    const struck = this.count(name).struck - (this.#struckBefore[name]?.struck ?? 0);
    return struck >= most || performance.now() - this.#setAtMs >= forMs;
  }

  #strikes(rule: Rule): boolean {
    const { name, share = 1 } = rule;
    const count = this.#counts.get(name) ?? { met: 0, struck: 0 };
    this.#counts.set(name, count);
    count.met += 1;
    const isStruck = !this.#isOver(rule) && this.#random.chance(share);
    if (isStruck) count.struck += 1;
    return isStruck;
  }

  async #struck(
    fault: Exclude<Rule['fault'], { kind: 'lose' | 'refuse-entries' | 'delay' | 'stale' }>,
    { call, envelope }: Arrived,
  ): Promise<Outcome> {
    if (fault.kind === 'drop') return 'reset';
    if (fault.kind === 'error') return errorAnswer(call.service, fault.error);
    const answer = await this.#forward(envelope, call.text);
    if (fault.kind === 'drop-reply') return 'reset';
    this.#later(this.#times.between(0, fault.withinMs ?? DUPLICATE_WITHIN_MS), () =>
      this.#forward(envelope, call.text),
    );
    return answer;
  }

  #later(ms: number, run: () => Promise<unknown>): void {
    const late: Promise<unknown> = sleep(ms)
      .then(run)
      .catch(() => undefined) // an emulator that is gone takes no duplicates
      .finally(() => this.#late.delete(late));
    this.#late.add(late);
  }

  async #inPart({ rest, answerOf }: Divided, envelope: Envelope): Promise<Answer> {
    return answerOf(rest && (await this.#forward(envelope, JSON.stringify(rest))));
  }

  /** Emulators do not judge signatures, so that a body may be another than the one that was signed. */
  async #forward(envelope: Envelope, text: string): Promise<Answer> {
    const { hostname, port, host } = this.#upstream;
    const length = { 'content-length': String(Buffer.byteLength(text)) };
    const sent = request({
      ...{ hostname, port, method: envelope.method, path: envelope.url, agent: this.#agent },
      headers: { ...envelope.headers, ...length, host },
    });
    sent.end(text);
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const own = Object.entries(answer.headers).filter(([name]) => !HOP_BY_HOP.has(name));
    const headers = Object.fromEntries(own) as Record<string, string>;
    const whole = { status: answer.statusCode ?? 502, headers, text: Buffer.concat(chunks).toString() };
    const call = callOf(envelope.headers['x-amz-target'] as string | undefined, text);
    if (call) this.#indexes.hear(call, whole);
    if (call) this.#onApplied?.(call, whole);
    return whole;
  }
}
