/** What the command hands to a scenario. Whoever starts k6 by hand sets the same names with `-e`. */

/** Of the installation, without a slash at its end. */
export const URL = (__ENV['HOLDFAST_URL'] ?? 'http://127.0.0.1:4000').replace(/\/$/, '');
export const KEY = __ENV['HOLDFAST_KEY'];

/** Part of every task id and tag of this run, so that runs do not meet. */
export const RUN = __ENV['RUN'] ?? `run-${Date.now().toString(36)}`;
export const TAG = `load:${RUN}`;

/** Whose latencies are judged. On the twin and on AWS they are measured and told. */
export const ENGINE = (__ENV['ENGINE'] ?? 'one-machine') as 'one-machine' | 'twin' | 'aws';

/** Where the result goes. */
export const RESULT_FILE = __ENV['RESULT_FILE'];

/** `--rate`, tasks a second; `--short`, for a check of seconds. */
export const rate = (standard: number): number => Number(__ENV['RATE'] ?? standard);
export const IS_SHORT = __ENV['SHORT'] === '1';
