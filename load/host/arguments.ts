/** What was typed after `npm run load --`. */
import { parseArgs } from 'node:util';
import { CannotRun } from './sentences.ts';

export const SCENARIOS = ['smoke', 'end-to-end', 'retry', 'dlq', 'live', 'faults', 'soak'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

const SHAPES = ['steady', 'spike'] as const;
const MOST_PER_SECOND = 10_000;
const MOST_IN_A_BATCH = 100;
const MOST_VIEWERS = 1_000;

/** What changes the load itself; runs that differ in one are hardly to be compared. */
export interface RunOptions {
  readonly rate?: number;
  readonly short: boolean;
  readonly shape?: (typeof SHAPES)[number];
  readonly batch?: number;
  readonly viewers?: number;
}

export interface RunOrder {
  readonly kind: 'run';
  readonly scenario: ScenarioName;
  /** Undefined: a throw-away server is started, or with `twin` what stands in for AWS. */
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly twin: boolean;
  readonly options: RunOptions;
}

export interface CompareOrder {
  readonly kind: 'compare';
  readonly before: string;
  readonly after: string;
}

export interface HelpOrder {
  readonly kind: 'help';
}

export const USAGE = `npm run load -- <scenario> [--url URL] [--key KEY] [--rate N] [--twin] [--short] [--shape S] [--batch N] [--viewers N]
npm run load -- compare <result> <result>

Scenarios: ${SCENARIOS.join(', ')}.
--url URL    an installation that runs already; without it a server is started for the run, and stopped again
--key KEY    its API key, where it asks for one; HOLDFAST_API_KEY keeps it out of the list of processes
--rate N     tasks a second instead of the scenario's own
--twin       start the twin of AWS instead of a server
--short      a run of seconds, as the tests use it
--shape S    end-to-end: ${SHAPES.join(' or ')}
--batch N    end-to-end: tasks in one request
--viewers N  live: how many follow the live channel
A result is the name of a run or its folder; "last" is the newest, "last:<scenario>" the newest of one.`;

/** Throws CannotRun. */
export function readArguments(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): RunOrder | CompareOrder | HelpOrder {
  const { values, positionals } = parsed(args);
  const [what, ...rest] = positionals;
  if (values.help === true) return { kind: 'help' };
  if (what === 'compare') return comparing(rest, Object.keys(values));
  const scenario = SCENARIOS.find((name) => name === what);
  if (what === undefined) throw new CannotRun(`Name a scenario.\n\n${USAGE}`);
  if (scenario === undefined) throw new CannotRun(`There is no scenario "${what}".\n\n${USAGE}`);
  if (rest.length > 0) throw new CannotRun(`One scenario at a time: "${rest.join(' ')}" is too much.`);
  const { twin = false } = values;
  const url = urlIn(values.url);
  if (url !== undefined && twin) throw new CannotRun('Say --url or --twin, not both: with --url nothing is started.');
  const key = values.key ?? (environment['HOLDFAST_API_KEY'] || undefined);
  if (values.key !== undefined && url === undefined)
    throw new CannotRun('--key belongs to --url: the server that is started for a run asks for none.');
  const options = optionsIn(values);
  if (scenario !== 'end-to-end' && (options.shape ?? options.batch) !== undefined)
    throw new CannotRun(`--shape and --batch belong to end-to-end: ${scenario} has its own.`);
  if (scenario !== 'live' && options.viewers !== undefined)
    throw new CannotRun(`--viewers belongs to live: ${scenario} has none.`);
  return { kind: 'run', scenario, url, key: url === undefined ? undefined : key, twin, options };
}

function comparing([before, after, ...more]: readonly string[], options: readonly string[]): CompareOrder {
  if (before === undefined || after === undefined || more.length > 0 || options.length > 0)
    throw new CannotRun('compare takes two results, and nothing else: names of runs, folders, or "last".');
  return { kind: 'compare', before, after };
}

type Values = ReturnType<typeof parsed>['values'];

function optionsIn({ rate, short = false, shape, batch, viewers }: Values): RunOptions {
  const known = SHAPES.find((name) => name === shape);
  if (shape !== undefined && known === undefined) throw new CannotRun(`--shape must be ${SHAPES.join(' or ')}.`);
  const perSecond = rate === undefined ? undefined : Number(rate);
  if (perSecond !== undefined && !(perSecond > 0 && perSecond <= MOST_PER_SECOND))
    throw new CannotRun(`--rate must be a number above 0, at most ${MOST_PER_SECOND}.`);
  const many = wholeIn('--batch', batch, MOST_IN_A_BATCH);
  const followers = wholeIn('--viewers', viewers, MOST_VIEWERS);
  return {
    ...(perSecond !== undefined && { rate: perSecond }),
    short,
    ...(known && { shape: known }),
    ...(many !== undefined && { batch: many }),
    ...(followers !== undefined && { viewers: followers }),
  };
}

function wholeIn(option: string, given: string | undefined, most: number): number | undefined {
  const value = given === undefined ? undefined : Number(given);
  if (value !== undefined && !(Number.isInteger(value) && value >= 1 && value <= most))
    throw new CannotRun(`${option} must be a whole number from 1 to ${most}.`);
  return value;
}

/** Without a slash at its end. */
function urlIn(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new CannotRun('--url must be the URL of a Holdfast, such as http://localhost:4000.');
  if (url.username || url.password) throw new CannotRun('--url takes no name and password; a key goes into --key.');
  if (url.search || url.hash) throw new CannotRun('--url ends where the paths of Holdfast begin, without ? or #.');
  return url.href.replace(/\/+$/, '');
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const options = {
    ...{ url: text, key: text, rate: text, shape: text, batch: text, viewers: text },
    ...{ twin: flag, short: flag, help: flag },
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun(`${(error as Error).message}\n\n${USAGE}`);
  }
}
