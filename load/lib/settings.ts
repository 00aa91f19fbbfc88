/** What the command hands to a scenario. Whoever starts k6 by hand sets the same names with `-e`. */

/** Of the installation, without a slash at its end. */
export const URL = (__ENV['HOLDFAST_URL'] ?? 'http://127.0.0.1:4000').replace(/\/$/, '');
export const KEY = __ENV['HOLDFAST_KEY'];

/** Part of every task id and tag of this run, so that runs do not meet: a new one each time, and the same for all VUs. */
export const RUN = given('RUN');
export const TAG = `load:${RUN}`;

/** Whose latencies are judged. On the twin and on AWS they are measured and told. */
export const ENGINE = (__ENV['ENGINE'] ?? 'one-machine') as 'one-machine' | 'twin' | 'aws';

/** Where the result goes. */
export const RESULT_FILE = __ENV['RESULT_FILE'];

/** `--short`, for a check of seconds. */
export const IS_SHORT = __ENV['SHORT'] === '1';

/** `--shape`: how the load comes, where a scenario leaves that open. */
export const SHAPE = (__ENV['SHAPE'] ?? 'steady') as 'steady' | 'spike';
/** `--batch`: how many tasks one request submits, where a scenario leaves that open. 1: by POST /tasks. */
export const BATCH = Number(__ENV['BATCH'] ?? 1);

/** The twin plays AWS on this machine, and by its URL it is not told from AWS: both are asked gently unless `--rate` says more. */
const SHARE = { 'one-machine': 1, twin: 0.1, aws: 0.1 };

/** Tasks a second: `--rate`, or the scenario's own for one machine, of which other engines get their share. */
export const rate = (standard: number): number => Number(__ENV['RATE'] ?? standard * SHARE[ENGINE]);

function given(name: string): string {
  const value = __ENV[name];
  if (value === undefined) throw new Error(`Start this by npm run load, or name the run: -e ${name}=…`);
  return value;
}

/** `--viewers`: how many follow the live channel, where a scenario has viewers. */
export const VIEWERS = Number(__ENV['VIEWERS'] ?? (ENGINE === 'one-machine' && !IS_SHORT ? 50 : 10));
