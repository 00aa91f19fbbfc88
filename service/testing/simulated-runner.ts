/**
 * Handlers that follow a script, in groups that stand for operating-system processes. In the cloud a worker is one such
 * process and dies as a whole; on one machine the server outlives its children and learns of their end.
 */
import type { Run, RunOutcome, Runner, RunRequest } from '../core/ports.ts';
import type { Script } from './scripts.ts';
import type { Seeded } from './seeded.ts';
import type { SimulatedProcess } from './simulated-process.ts';

const NO_LOG = { lines: [], truncated: false };

const failure = (name: string, more: object = {}): RunOutcome => ({
  kind: 'failed',
  error: { name, message: `scripted ${name}`, ...more },
  log: NO_LOG,
});

type ScriptedRun = Run & { readonly end: (outcome: RunOutcome) => void };

export interface Group {
  readonly runs: Set<ScriptedRun>;
  /** An endless loop: no timer of the process fires any more, and no abort is heard. */
  isBlocked: boolean;
  /** The handler takes its process with it. */
  crash(): void;
  /** What a blocked process comes to where nobody outside can kill it. */
  block(): void;
  /** Called after the outcomes of a deliberate kill have been given out. */
  killed(): void;
}

export interface Scripted {
  readonly process: SimulatedProcess;
  readonly groupFor: (request: RunRequest) => Group;
}

export class ScriptedRunner implements Runner {
  readonly #options: Scripted;

  constructor(options: Scripted) {
    this.#options = options;
  }

  start(request: RunRequest): Run {
    const { process, groupFor } = this.#options;
    const group = groupFor(request);
    const { promise, resolve } = Promise.withResolvers<RunOutcome>();
    const script = scriptOf(request);
    const { world } = process;
    const { tenant, taskId, fence } = request.task;
    const who = { who: process.name, tenant, taskId, fence };
    const run: ScriptedRun = {
      outcome: promise,
      end: (outcome) => {
        if (group.runs.delete(run)) world.tell({ ...who, what: 'end', detail: endingOf(outcome) });
        resolve(outcome);
      },
      abort: () => {
        if (script === 'hang' || group.isBlocked) return;
        process.after(50, () => run.end(failure('AbortError')));
      },
      kill: () => {
        const nobodyKnows = group.isBlocked && group.runs.size > 1;
        for (const each of [...group.runs]) {
          each.end({ kind: 'gone', cause: nobodyKnows ? 'crashed' : each === run ? 'overran' : 'neighbour' });
        }
        group.isBlocked = false;
        group.killed();
      },
    };
    world.tell({ ...who, what: 'start', ...(group.runs.size > 0 && { detail: `beside ${group.runs.size}` }) });
    world.checker.started(request, group.runs.size, {
      isAlive: () => process.isAlive && group.runs.has(run),
      isFrozen: () => process.isFrozen || group.isBlocked,
    });
    world.promptness.started(request.task);
    group.runs.add(run);
    const random = world.stream(`run ${tenant}/${taskId}/${fence}`);
    play(script, { request, process, group, random, end: run.end });
    return run;
  }
}

const endingOf = (outcome: RunOutcome): string =>
  outcome.kind === 'gone' ? `gone: ${outcome.cause}` : outcome.kind === 'failed' ? outcome.error.name : outcome.kind;

const scriptOf = ({ task }: RunRequest): Script => (JSON.parse(task.payload) as { script: Script }).script;

interface Stage {
  readonly request: RunRequest;
  readonly process: SimulatedProcess;
  readonly group: Group;
  /** The attempt's own. */
  readonly random: Seeded;
  readonly end: (outcome: RunOutcome) => void;
}

const fine: RunOutcome = { kind: 'succeeded', result: '{"ok":true}' };

/** How long it takes, and how it ends; undefined never ends. */
const PLAYS: Readonly<Record<Script, (stage: Stage) => readonly [number, (() => RunOutcome) | undefined]>> = {
  fine: ({ random }) => [random.between(20, 3_000), () => fine],
  transient: ({ random }) => [
    random.between(20, 1_000),
    () => (random.chance(0.5) ? fine : failure('Flaky', { code: 'ECONNRESET' })),
  ],
  permanent: () => [100, () => failure('ValidationError')],
  exhausted: () => [100, () => failure('Broken', { status: 503 })],
  slow: ({ random }) => [random.between(20_000, 50_000), () => fine],
  sliced: ({ request }) => {
    const slice = Number(request.task.checkpoint ?? 0);
    return [2_000, () => (slice >= 2 ? fine : { kind: 'checkpoint', state: String(slice + 1), delayMs: 500 })];
  },
  huge: () => [100, () => ({ kind: 'succeeded', result: JSON.stringify('x'.repeat(70_000)) })],
  patient: ({ request }) => [
    100,
    () => (request.attempt > 1 ? fine : failure('Busy', { status: 429, retryAfterMs: 20_000 })),
  ],
  crash: () => [300, undefined],
  long: ({ random }) => [random.between(80_000, 150_000), () => fine],
  hang: () => [0, undefined],
  block: () => [200, undefined],
  sluggish: () => [10_000, () => fine],
  ghost: () => [10, () => fine],
  late: () => [500, () => fine],
};

function play(script: Script, stage: Stage): void {
  const [lastsMs, outcome] = PLAYS[script](stage);
  const { process, request, group, end } = stage;
  if (script === 'crash') process.after(lastsMs, () => group.crash());
  if (script === 'block') {
    process.after(lastsMs, () => {
      group.isBlocked = true;
      group.block();
    });
  }
  if (script === 'long') {
    for (let ms = 5_000; ms < lastsMs; ms += 15_000) {
      process.after(ms, () => request.onProgress({ percent: Math.floor((100 * ms) / lastsMs) }));
    }
  }
  if (outcome) process.after(lastsMs, () => group.isBlocked || end(outcome()));
}
