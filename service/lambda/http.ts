/**
 * The API on AWS: the same app as on one machine behind API Gateway. Limits of a tenant hold in each container alone. An answer
 * leaves after the promised write, and after what was held back has been sent.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { ownTypes } from '#own-types';
import type { Clock, Ports } from '../core/ports.ts';
import { SECOND } from '../core/rules.ts';
import { Running } from '../core/worker.ts';
import { createApp } from '../http/app.ts';
import { catalogueOf } from '../http/catalogue.ts';
import { hostsAllowed } from '../http/gate.ts';
import type { Facts, House } from '../http/house.ts';
import { noLimits, tenantLimits } from '../http/limits.ts';
import manifest from '../package.json' with { type: 'json' };
import { answerOf, requestIn } from './http-event.ts';
import type { SignIn } from './identity.ts';
import { openIdentity } from './identity.ts';
import { flushed, lazily } from './invocation.ts';
import type { TaskParts } from './open-parts.ts';
import { openTasks } from './open-parts.ts';
import { guardOwnCode } from './own-code.ts';
import type { AwsSettings } from './settings.ts';
import { readAwsSettings, TASK_RESOURCES } from './settings.ts';
import { lastSweptAtMs } from './swept.ts';

/** Each second of a wait is paid for. */
const MAX_WAIT_MS = 5 * SECOND;
/** Of the 29 s that the function has: afterwards the gateway would answer, and with no problem of ours. */
const ANSWERS_WITHIN_MS = 21 * SECOND;
/** What was held back is told as far as it goes; the answer stands by then. */
const FLUSHED_WITHIN_MS = 6 * SECOND;

export type HttpParts = Omit<TaskParts<AwsSettings<(typeof TASK_RESOURCES)[number] | 'LIVE_URL'>>, 'log'>;
type Answer = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

export function createHttp(parts: HttpParts): Answer {
  const { settings, ports } = parts;
  const signIn = openIdentity(settings, ports);
  const app = createApp({
    house: houseOf(parts, signIn),
    allowsHost: hostsAllowed(settings.identity === 'local', []),
    origins: new Set(settings.corsOrigins),
    pages: new Map(),
    answersWithinMs: ANSWERS_WITHIN_MS,
  });
  return async (event) => {
    const { request, incoming } = requestIn(event);
    const answer = await answerOf(await app.fetch(request, { incoming }));
    await within(FLUSHED_WITHIN_MS, [flushed(ports), signIn.identity.settled()], ports.clock);
    return answer;
  };
}

async function within(ms: number, all: readonly Promise<void>[], clock: Clock): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = clock.timer(ms, () => resolve(undefined));
  await Promise.race([Promise.all(all), late]);
  cancel();
}

function houseOf({ settings, ports, rules, types, changes, lab }: HttpParts, signIn: SignIn): House {
  const { clock } = ports;
  return {
    desk: { ports, rules, running: new Running() },
    changes,
    facts: () => factsIn(ports),
    catalogue: catalogueOf(ownTypes),
    loaded: (type) => types.loaded(type),
    ...signIn,
    limits: settings.rate === undefined ? noLimits : tenantLimits({ clock, rate: settings.rate }),
    defaultType: settings.defaultType,
    maxWaitMs: MAX_WAIT_MS,
    stopping: new AbortController().signal,
    version: manifest.version,
    faults: lab,
    liveUrl: settings.resources.LIVE_URL,
  };
}

/** Lambda has workers whenever there is work. */
async function factsIn({ keyValue }: Pick<Ports, 'keyValue'>): Promise<Facts> {
  const atMs = await lastSweptAtMs(keyValue);
  return { lastWriteAtMs: atMs, lastSweepAtMs: atMs, workersReady: 1, workersProblem: undefined };
}

const opened = lazily(async () => {
  const settings = readAwsSettings([...TASK_RESOURCES, 'LIVE_URL']);
  guardOwnCode(settings);
  return createHttp(await openTasks(settings));
});

export const handler: Answer = async (event) => (await opened())(event);
