/** What was typed after `npm run load --`. */
import { parseArgs } from 'node:util';
import { CannotRun } from './sentences.ts';

export const SCENARIOS = ['smoke', 'end-to-end', 'retry', 'dlq', 'live', 'faults', 'soak'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export interface RunOrder {
  readonly kind: 'run';
  readonly scenario: ScenarioName;
  /** Undefined: a throw-away server is started, or with `twin` what stands in for AWS. */
  readonly url: string | undefined;
  readonly key: string | undefined;
  readonly rate: number | undefined;
  readonly twin: boolean;
  readonly short: boolean;
}

export interface CompareOrder {
  readonly kind: 'compare';
  readonly before: string;
  readonly after: string;
}

export const USAGE = `npm run load -- <scenario> [--url URL] [--key KEY] [--rate N] [--twin] [--short]
npm run load -- compare <result> <result>

Scenarios: ${SCENARIOS.join(', ')}.
--url URL   an installation that runs already; without it a server is started for the run, and stopped again
--key KEY   its API key, where it asks for one (or HOLDFAST_API_KEY)
--rate N    tasks a second instead of the scenario's own
--twin      start the twin of AWS instead of a server
--short     a run of seconds, as the tests use it`;

/** Throws CannotRun. */
export function readArguments(args: readonly string[], environment: NodeJS.ProcessEnv): RunOrder | CompareOrder {
  const { values, positionals } = parsed(args);
  const [what, ...rest] = positionals;
  if (what === 'compare' && rest.length === 2) return { kind: 'compare', before: rest[0]!, after: rest[1]! };
  const scenario = SCENARIOS.find((name) => name === what);
  if (scenario === undefined || rest.length > 0) throw new CannotRun(USAGE);
  const { url, twin = false, short = false } = values;
  if (url !== undefined && twin) throw new CannotRun('Say --url or --twin, not both: with --url nothing is started.');
  if (url !== undefined && !/^https?:\/\//.test(url)) throw new CannotRun('--url must be the URL of a Holdfast.');
  const rate = values.rate === undefined ? undefined : Number(values.rate);
  if (rate !== undefined && !(rate > 0 && rate <= 10_000))
    throw new CannotRun('--rate must be a number from 1 to 10000.');
  return { kind: 'run', scenario, url, key: values.key ?? environment['HOLDFAST_API_KEY'], rate, twin, short };
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const options = { url: text, key: text, rate: text, twin: flag, short: flag };
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new CannotRun(`${(error as Error).message}\n\n${USAGE}`);
  }
}
