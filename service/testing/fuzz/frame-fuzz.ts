/**
 * Thousands of frames made from the contract of the live channel, half of them wrong in some way, from connections of two
 * tenants at once. Every reply, push and close code is held against the contract; afterwards the channel has to be well.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Seeded } from '../seeded.ts';
import type { Document } from './contract.ts';
import { Contract } from './contract.ts';
import type { Visit } from './frame-client.ts';
import { Broken, FrameClient } from './frame-client.ts';
import type { Episode } from './frame-episode.ts';
import { episodeOf } from './frame-episode.ts';
import { knockWrong } from './frame-handshakes.ts';
import type { Speaker } from './frame-messages.ts';
import type { FrameWorld, Tenant } from './frame-world.ts';
import { frameWorld, OWN, TENANTS } from './frame-world.ts';
import { Values } from './values.ts';

export interface FrameFuzzOptions {
  readonly seed: number;
  readonly frames: number;
  readonly atOnce?: number;
  readonly mostFindings?: number;
}

export interface FrameFinding {
  readonly why: string;
  /** What was sent last. */
  readonly after: string;
  readonly episode: number;
}

export interface FrameReport {
  readonly seed: number;
  readonly frames: number;
  readonly connections: number;
  readonly findings: readonly FrameFinding[];
  /** How often each kind of frame was sent. */
  readonly counts: ReadonlyMap<string, number>;
  /** Of the heap, from a fifth of the run to its end, all connections closed. */
  readonly grownBytes: number;
}

const AT_ONCE = 8;
const MOST_FINDINGS = 10;
const MOST_GROWN_BYTES = 16 * 1024 * 1024;

export async function fuzzFrames(options: FrameFuzzOptions): Promise<FrameReport> {
  const world = await frameWorld();
  try {
    const run = new FrameRun(world, options);
    await run.play();
    await run.audit();
    return run.report;
  } finally {
    await world.close();
  }
}

function contractOfFrames(): Contract {
  const file = fileURLToPath(import.meta.resolve('@holdfast/api/asyncapi.json'));
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as Pick<Document, 'components'>;
  return new Contract({ components, paths: {} });
}

class FrameRun {
  readonly #world: FrameWorld;
  readonly #options: FrameFuzzOptions;
  readonly #contract = contractOfFrames();
  readonly #findings: FrameFinding[] = [];
  readonly #counts = new Map<string, number>();
  #frames = 0;
  #episodes = 0;
  #warmBytes = 0;
  #grownBytes = 0;

  constructor(world: FrameWorld, options: FrameFuzzOptions) {
    this.#world = world;
    this.#options = options;
  }

  get report(): FrameReport {
    const { seed } = this.#options;
    const [findings, counts, grownBytes] = [this.#findings, this.#counts, this.#grownBytes];
    return { seed, frames: this.#frames, connections: this.#episodes, findings, counts, grownBytes };
  }

  /** Each connection is drawn from a seed of its own, so that the same run sends the same whoever is faster. */
  async play(): Promise<void> {
    const { frames, atOnce = AT_ONCE } = this.#options;
    await this.#playTo(frames / 5, atOnce);
    this.#warmBytes = heapBytes();
    await this.#playTo(frames, atOnce);
    this.#grownBytes = heapBytes() - this.#warmBytes;
  }

  async #playTo(frames: number, atOnce: number): Promise<void> {
    const { mostFindings = MOST_FINDINGS } = this.#options;
    const lane = async (): Promise<void> => {
      while (this.#frames < frames && this.#findings.length < mostFindings) await this.#one((this.#episodes += 1));
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
  }

  async #one(episode: number): Promise<void> {
    const random = new Seeded(this.#options.seed * 1_000_003 + episode);
    const tenant = random.pick(TENANTS);
    const last = { step: 'the handshake' };
    try {
      const ticket = await this.#world.ticket(tenant);
      const change = (taskId: string): number => this.#world.change(tenant, taskId);
      const visit = { url: this.#world.url, ticket, tenant, change };
      if (random.chance(0.1)) {
        this.#count('a handshake that is wrong', 1);
        const fault = await knockWrong(visit, random);
        if (fault !== undefined) throw new Broken(fault);
      } else await this.#visit(visit, episodeOf(this.#speaker(tenant, random), episode), last);
    } catch (error) {
      if (!(error instanceof Broken)) throw error;
      this.#findings.push({ why: error.message, after: last.step, episode });
    }
  }

  #speaker(tenant: Tenant, random: Seeded): Speaker {
    const own = OWN[tenant];
    const others = TENANTS.flatMap((each) => OWN[each]);
    const foreign = others.filter((taskId) => !own.includes(taskId));
    const values = new Values(this.#contract, { random, marker: 'fz', nowMs: 0 });
    return { random, contract: this.#contract, values, own, foreign, topics: new Set() };
  }

  async #visit(visit: Visit, { steps, ending, dribbles }: Episode, last: { step: string }): Promise<void> {
    const client = await FrameClient.open(visit);
    try {
      for (const step of steps) {
        last.step = `[${step.name}] ${step.shown}`;
        this.#count(step.name, step.frames);
        client.expect(step);
        await client.send(step.bytes, dribbles);
        if (step.changes === undefined) continue;
        await client.untilAnswered();
        await client.untilTold(step.changes);
      }
      await client.untilAnswered();
      last.step = `[${ending.name}] ${ending.bytes.subarray(0, 60).toString('hex')}`;
      this.#count(ending.name, ending.frames);
      await client.end(ending, dribbles);
    } finally {
      client.destroy();
    }
  }

  #count(name: string, frames: number): void {
    this.#frames += frames;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + Math.max(1, frames));
  }

  /** The channel serves, the log is empty, and what was connected has left nothing behind. */
  async audit(): Promise<void> {
    const find = (why: string): void => void this.#findings.push({ why, after: 'the whole run', episode: 0 });
    for (const { event, fields } of this.#world.log.slice(0, 5)) find(`in the log: ${event} ${JSON.stringify(fields)}`);
    if (this.#grownBytes > MOST_GROWN_BYTES) find(`the heap has grown by ${this.#grownBytes} bytes`);
    const { status } = await fetch(`${this.#world.url}/health`);
    if (status !== 200) find(`GET /health is answered with ${status}`);
  }
}

/** Of what is still needed. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

export function describedFrames({ seed, frames, connections, findings, counts, grownBytes }: FrameReport): string {
  const counted = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `${name} × ${count}`);
  const found = findings.map(({ why, after, episode }) => `${why}\n    connection ${episode}, after ${after}`);
  const grown = `${(grownBytes / 1024 / 1024).toFixed(1)} MiB more heap`;
  const total = `${frames} frames, ${connections} connections, ${grown}, ${findings.length} findings`;
  return [counted.join(', '), ...found, `${total}: npm run fuzz -- --frames ${frames} --seed ${seed}`].join('\n');
}
