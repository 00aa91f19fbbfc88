/** What a worker gives the handler, and an outside world that can be asked only where a test says so. */
import type { HandlerInput, HandlerLog } from '@holdfast/api/handler';
import type { HttpRequestPayload } from '@holdfast/api/types';
import { readAllowList } from './allow-list.ts';
import type { Outside } from './deliver.ts';
import type { Secrets } from './secrets.ts';
import { secretsIn } from './secrets.ts';
import { connect } from './send.ts';

const nothing = (): void => undefined;
export const SILENT: HandlerLog = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export const inputOf = (
  payload: HttpRequestPayload,
  more: Partial<HandlerInput> = {},
): HandlerInput<HttpRequestPayload> => ({
  payloadVersion: 1,
  tenant: 'local',
  taskId: 'one',
  attempt: 1,
  fence: 1,
  idempotencyKey: 'key-of-the-task',
  signal: new AbortController().signal,
  progress: nothing,
  log: SILENT,
  ...more,
  payload,
});

export interface GivenOutside extends Partial<Omit<Outside, 'allow' | 'secretsOf'>> {
  /** As in EGRESS_ALLOW. */
  readonly allow?: string;
  /** By their names. */
  readonly secrets?: Readonly<Record<string, string>>;
}

const environmentOf = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`SECRET_${name}`, value]));

export const secretsOf = (values: Readonly<Record<string, string>>, tenant = 'local'): Secrets =>
  secretsIn(environmentOf(values))(tenant);

export const outsideOf = ({ allow = '', secrets = {}, ...more }: GivenOutside = {}): Outside => ({
  resolve: () => Promise.reject(new Error('no test looks a name up')),
  connect,
  now: () => Date.now(),
  ...more,
  allow: readAllowList(allow).rules,
  secretsOf: secretsIn(environmentOf(secrets)),
});
