/**
 * The settings of a server on one machine, and the only reader of process.env in the server. Everything has a safe default; whatever is
 * wrong is named at once, with all else that is wrong.
 */
import type { Access } from './access-settings.ts';
import { readAccess, shownAccess } from './access-settings.ts';
import { isTenant } from './core/entry-keys.ts';
import type { Rate } from './http/bucket.ts';
import type { OidcSettings } from './http/identity/oidc.ts';
import { readOidc, shownOidc } from './identity-settings.ts';
import type { LogLevel } from './log.ts';
import { LOG_LEVELS } from './log.ts';
import { readRate, shownRate } from './rate-settings.ts';
import type { Environment } from './settings-reader.ts';
import { Reader, UnusableSettings } from './settings-reader.ts';
import type { Timing } from './timing.ts';
import { TIMINGS } from './timing.ts';
import { secretNames, secretProblems } from './tasks/http-request/secrets.ts';

export interface Settings extends Access {
  readonly port: number;
  readonly dataDir: string;
  /** The task types of this installation, outside the repository; undefined when there are only the built-in ones. */
  readonly tasksDir: string | undefined;
  /** The type of a task that names none; undefined where every task must. */
  readonly defaultType: string | undefined;
  /** Undefined: as many as the machine has cores to spare. */
  readonly workers: number | undefined;
  readonly workerConcurrency: number;
  readonly workerMemoryMb: number;
  readonly sweepSeconds: number;
  readonly stopSeconds: number;
  /** Of other web sites whose pages may ask, as browsers write them. */
  readonly corsOrigins: readonly string[];
  /** Judged here, obeyed by the workers, which read it themselves. */
  readonly egressAllow: string | undefined;
  /** Of the variables SECRET_<NAME>, whose values stay with the workers. */
  readonly secretNames: readonly string[];
  /** Of every tenant alike; undefined: none has one. */
  readonly rate: Rate | undefined;
  /** Whose tokens are believed; undefined: nobody's. */
  readonly oidc: OidcSettings | undefined;
  /** Whether anybody may break things on purpose. */
  readonly faultsAllowed: boolean;
  readonly logLevel: LogLevel;
  readonly timing: Timing;
}

/** Throws UnusableSettings. */
export function readSettings(environment: Environment = process.env): Settings {
  const read = new Reader(environment);
  const timing = read.oneOf('TIMING', TIMINGS);
  const access = readAccess(read, read.text('OIDC_ISSUER') !== undefined);
  const settings: Settings = {
    port: read.port('PORT'),
    ...access,
    dataDir: read.dataDir('DATA_DIR'),
    tasksDir: read.folder('TASKS_DIR'),
    defaultType: read.typeName('DEFAULT_TYPE', 'simulate'),
    workers: read.text('WORKERS') === undefined ? undefined : read.whole('WORKERS', { standard: 1, from: 1, to: 64 }),
    workerConcurrency: read.whole('WORKER_CONCURRENCY', { standard: 50, from: 1, to: 1_000 }),
    workerMemoryMb: read.whole('WORKER_MEMORY_MB', { standard: 512, from: 64, to: 65_536 }),
    sweepSeconds: read.whole('SWEEP_SECONDS', { standard: timing === 'short' ? 1 : 15, from: 1, to: 45 }),
    stopSeconds: read.whole('STOP_SECONDS', { standard: 10, from: 0, to: 3_600 }),
    corsOrigins: read.origins('CORS_ORIGINS'),
    egressAllow: read.egress('EGRESS_ALLOW'),
    secretNames: secretNames(environment),
    rate: readRate(read, access.identity === 'required'),
    oidc: readOidc(read),
    faultsAllowed: read.permission('FAULTS_ALLOWED', {
      isProduction: read.text('NODE_ENV') === 'production',
      where: 'with NODE_ENV=production',
    }),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
    timing,
  };
  const isIdentityRequired = access.identity === 'required';
  read.problems.push(...secretProblems(environment, { isIdentityRequired, isTenant }));
  if (read.problems.length > 0) throw new UnusableSettings(read.problems.join('\n'));
  return settings;
}

/** Where `npm run keys` finds the keys. */
export interface KeysSettings {
  readonly dataDir: string;
  /** Of the server that uses the folder, unless another is named. */
  readonly url: string;
  /** HOLDFAST_URL: a server is asked, whoever uses the folder. */
  readonly namesServer: boolean;
  readonly apiKey: string | undefined;
}

/** Throws UnusableSettings. */
export function readKeysSettings(environment: Environment = process.env): KeysSettings {
  const read = new Reader(environment);
  const named = read.text('HOLDFAST_URL');
  const url = named ?? `http://localhost:${read.port('PORT')}`;
  if (!isPlainUrl(url)) read.problems.push('HOLDFAST_URL must be the URL of a Holdfast, without user and password.');
  if (read.problems.length > 0) throw new UnusableSettings(read.problems.join('\n'));
  return {
    dataDir: read.dataDir('DATA_DIR'),
    url,
    namesServer: named !== undefined,
    apiKey: read.text('HOLDFAST_API_KEY'),
  };
}

/** It is shown in sentences. */
function isPlainUrl(text: string): boolean {
  if (!/^https?:/.test(text) || !URL.canParse(text)) return false;
  const { username, password } = new URL(text);
  return username + password === '';
}

/** By the names of the environment, to be shown at the start. */
export function shownSettings(settings: Settings): Readonly<Record<string, string | number>> {
  return {
    PORT: settings.port,
    ...shownAccess(settings),
    DATA_DIR: settings.dataDir,
    TASKS_DIR: settings.tasksDir ?? '(none: only the built-in task types)',
    DEFAULT_TYPE: settings.defaultType ?? '(none: every task must name its type)',
    WORKERS: settings.workers ?? '(by the cores of this machine)',
    WORKER_CONCURRENCY: settings.workerConcurrency,
    WORKER_MEMORY_MB: settings.workerMemoryMb,
    SWEEP_SECONDS: settings.sweepSeconds,
    STOP_SECONDS: settings.stopSeconds,
    CORS_ORIGINS: settings.corsOrigins.join(',') || '(none: pages of other origins are refused)',
    EGRESS_ALLOW: settings.egressAllow ?? '(none: http-request asks only public addresses)',
    'SECRET_…': settings.secretNames.join(',') || '(none)',
    ...shownRate(settings.rate),
    ...shownOidc(settings.oidc),
    FAULTS_ALLOWED: settings.faultsAllowed ? 1 : '(no: nothing may be broken on purpose)',
    LOG_LEVEL: settings.logLevel,
    TIMING: settings.timing,
  };
}
