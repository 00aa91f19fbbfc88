/**
 * The settings of the functions on AWS, and the only reader of process.env among them. What names a resource has no default;
 * whatever is wrong is named at once, with all else that is wrong.
 */
import { isTenant } from '../core/entry-keys.ts';
import type { Lane } from '../core/task.ts';
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

/** What every function has. */
export interface LogSettings {
  /** `dev`, `prod`: where it runs, for whoever reads numbers of several. */
  readonly stage: string;
  readonly logLevel: LogLevel;
}

export interface AwsSettings extends LogSettings {
  readonly table: string;
  /** Urls. */
  readonly queues: Readonly<Record<Lane, string>>;
  readonly deadQueue: string;
  readonly eventsQueue: string;
  /** Where connections of the live channel are posted to. */
  readonly gatewayUrl: string;
  /** Where clients open the live channel. */
  readonly liveUrl: string;
  /** `local`: whoever reaches it is its owner. In the twin alone, which nobody but its own machine reaches. */
  readonly identity: 'local' | 'required';
  readonly oidc: OidcSettings | undefined;
  readonly corsOrigins: readonly string[];
  /** Of every tenant alike, in each container; undefined: none has one. */
  readonly rate: Rate | undefined;
  readonly defaultType: string | undefined;
  readonly timing: Timing;
}

/** Throws UnusableSettings. */
export function readAwsSettings(environment: Environment = process.env): AwsSettings {
  const read = new Reader(environment);
  const identity = identityIn(read);
  const settings: AwsSettings = {
    ...logSettingsIn(read),
    table: needed(read, 'TABLE'),
    queues: {
      fresh: needed(read, 'QUEUE_FRESH'),
      recovery: needed(read, 'QUEUE_RECOVERY'),
      isolated: needed(read, 'QUEUE_ISOLATED'),
    },
    deadQueue: needed(read, 'QUEUE_DEAD'),
    eventsQueue: needed(read, 'QUEUE_EVENTS'),
    gatewayUrl: needed(read, 'GATEWAY_URL'),
    liveUrl: needed(read, 'LIVE_URL'),
    identity,
    oidc: readOidc(read),
    corsOrigins: read.origins('CORS_ORIGINS'),
    rate: readRate(read, identity === 'required'),
    defaultType: read.typeName('DEFAULT_TYPE'),
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
  stage: needed(read, 'STAGE'),
  logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS),
});

function needed(read: Reader, name: string): string {
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
