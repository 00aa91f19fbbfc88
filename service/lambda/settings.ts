/**
 * The settings of the functions on AWS, and the only reader of process.env among them. What names a resource has no default;
 * whatever is wrong is named at once, with all else that is wrong.
 */
import { isTenant } from '../core/entry-keys.ts';
import type { Rate } from '../http/bucket.ts';
import type { OidcSettings } from '../http/identity/oidc.ts';
import { readOidc } from '../identity-settings.ts';
import type { LogLevel } from '../log.ts';
import { LOG_LEVELS } from '../log.ts';
import { readRate } from '../rate-settings.ts';
import type { Environment } from '../settings-reader.ts';
import { Reader, UnusableSettings } from '../settings-reader.ts';
import { secretProblems } from '../tasks/http-request/secrets.ts';
import type { Timing } from '../timing.ts';
import { TIMINGS } from '../timing.ts';

/** What serverless.yml names to the functions that need it: a table, urls of queues, and where the live channel is. */
export type Resource =
  | 'TABLE'
  | 'QUEUE_FRESH'
  | 'QUEUE_RECOVERY'
  | 'QUEUE_ISOLATED'
  | 'QUEUE_DEAD'
  | 'QUEUE_EVENTS'
  /** Where its connections are posted to. */
  | 'GATEWAY_URL'
  /** Where clients open it. */
  | 'LIVE_URL';

/** Of a function that works with tasks. */
export const TASK_RESOURCES = [
  'TABLE',
  'QUEUE_FRESH',
  'QUEUE_RECOVERY',
  'QUEUE_ISOLATED',
  'QUEUE_DEAD',
  'QUEUE_EVENTS',
] as const;

const PRODUCTION: ReadonlySet<string> = new Set(['prod', 'production']);

/** What every function has. */
export interface LogSettings {
  /** `dev`, `prod`: where it runs, for whoever reads numbers of several. */
  readonly stage: string;
  readonly logLevel: LogLevel;
}

export interface AwsSettings<R extends Resource = (typeof TASK_RESOURCES)[number]> extends LogSettings {
  readonly resources: Readonly<Record<R, string>>;
  /** `local`: whoever reaches it is its owner. In the twin alone, which nobody but its own machine reaches. */
  readonly identity: 'local' | 'required';
  readonly oidc: OidcSettings | undefined;
  readonly corsOrigins: readonly string[];
  /** Of every tenant alike, in each container; undefined: none has one. */
  readonly rate: Rate | undefined;
  readonly defaultType: string | undefined;
  /** Whether anybody may break things on purpose. */
  readonly faultsAllowed: boolean;
  readonly timing: Timing;
}

/** Throws UnusableSettings. */
export function readAwsSettings<const R extends Resource>(
  needed: readonly R[],
  environment: Environment = process.env,
): AwsSettings<R> {
  const read = new Reader(environment);
  const identity = identityIn(read);
  const isProduction = PRODUCTION.has(read.text('STAGE') ?? '');
  const settings = {
    ...logSettingsIn(read),
    resources: Object.fromEntries(needed.map((name) => [name, set(read, name)])) as Record<R, string>,
    identity,
    oidc: readOidc(read),
    corsOrigins: read.origins('CORS_ORIGINS'),
    rate: readRate(read, identity === 'required'),
    defaultType: read.typeName('DEFAULT_TYPE'),
    faultsAllowed: read.permission('FAULTS_ALLOWED', { isProduction, where: 'in production' }),
    timing: read.oneOf('TIMING', TIMINGS),
  };
  // Obeyed by the handlers, which read them themselves.
  read.egress('EGRESS_ALLOW');
  read.problems.push(...secretProblems(environment, { isIdentityRequired: identity === 'required', isTenant }));
  refuseProblems(read);
  return settings;
}

/** Throws UnusableSettings. */
export function readLogSettings(environment: Environment = process.env): LogSettings {
  const read = new Reader(environment);
  const settings = logSettingsIn(read);
  refuseProblems(read);
  return settings;
}

const logSettingsIn = (read: Reader): LogSettings => ({
  stage: set(read, 'STAGE'),
  logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
});

function set(read: Reader, name: string): string {
  const text = read.text(name);
  if (text === undefined) read.problems.push(`${name} must be set: what it names has no default on AWS.`);
  return text ?? '';
}

function identityIn(read: Reader): AwsSettings['identity'] {
  const identity = read.oneOf('IDENTITY', ['required', 'local']);
  if (identity === 'local' && !isLoopback(read.text('AWS_ENDPOINT_URL_DYNAMODB'))) {
    read.problems.push('IDENTITY must be required on AWS: with local all the world would be its owner.');
  }
  return identity;
}

const isLoopback = (url: string | undefined): boolean =>
  url !== undefined && URL.canParse(url) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);

function refuseProblems({ problems }: Reader): void {
  if (problems.length > 0) throw new UnusableSettings(problems.join('\n'));
}

/** Of a command, which names the table or leaves that to TABLE. */
export const tableNamed = (named: string | undefined, environment: Environment = process.env): string | undefined =>
  named ?? new Reader(environment).text('TABLE');
