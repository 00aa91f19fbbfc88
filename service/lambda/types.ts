/**
 * The task types in a bundle: built-in ones and those of the installation. All functions that judge a lease or a policy have
 * the same. A handler that cannot be loaded says why and keeps no other from running.
 */
import type { Handler } from '@holdfast/api/handler';
import { ownTypes as bundledOwnTypes } from '#own-types';
import type { Clock } from '../core/ports.ts';
import type { Policy } from '../core/rules.ts';
import { DEFAULT_POLICY, SECOND } from '../core/rules.ts';
import { exportedBy, policyOf, versionsOf } from '../handling/policy.ts';
import { reportedError } from '../handling/report.ts';
import type { Loaded } from '../http/catalogue.ts';
import * as httpRequest from '../tasks/http-request/handler.ts';
import * as simulate from '../tasks/simulate/handler.ts';
import type { BundledOwnTypes, LoadHandler } from './own-types.ts';

/** Of the functions that run handlers. https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html: at most 900. */
export const FUNCTION_TIMEOUT_MS = 300 * SECOND;
/** What is left to claim, to stop a handler and to write what became of it. */
export const MOST_TIMEOUT_MS = FUNCTION_TIMEOUT_MS - 20 * SECOND;

const BUILT_IN: Readonly<Record<string, LoadHandler>> = {
  'http-request': () => Promise.resolve(httpRequest),
  simulate: () => Promise.resolve(simulate),
};
const LOAD_WITHIN_MS = 10 * SECOND;

type LoadedHandler = { readonly loaded: Loaded; readonly run?: Handler };

export interface BundledTypes {
  loaded(type: string): Loaded | undefined;
  policyOf(type: string): Policy;
  /** Undefined for a type that cannot be run here. */
  versionsOf(type: string): readonly number[] | undefined;
  handlerOf(type: string): Handler | undefined;
}

export async function openTypes(clock: Clock, own: BundledOwnTypes = bundledOwnTypes): Promise<BundledTypes> {
  const handlers = new Map(Object.entries({ ...BUILT_IN, ...own.handlers }));
  // Two handlers under one name: neither runs.
  for (const { type } of own.faulty) handlers.delete(type);
  const found = new Map(
    await Promise.all(
      Array.from(handlers, async ([type, load]) => [type, await loadedHandler(type, load, clock)] as const),
    ),
  );
  const usable = (type: string) => {
    const loaded = found.get(type)?.loaded;
    return loaded === undefined || 'error' in loaded ? undefined : loaded;
  };
  return {
    loaded: (type) => found.get(type)?.loaded,
    policyOf: (type) => usable(type)?.policy ?? DEFAULT_POLICY,
    versionsOf: (type) => usable(type)?.payloadVersions,
    handlerOf: (type) => found.get(type)?.run,
  };
}

async function loadedHandler(type: string, load: LoadHandler, clock: Clock): Promise<LoadedHandler> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const inTime = clock.timer(LOAD_WITHIN_MS, () => reject(new Error(`${type} did not load within its time.`)));
  try {
    const { run, policy } = exportedBy(await Promise.race([load(), late]), type);
    return { loaded: { payloadVersions: versionsOf(policy), policy: capped(policyOf(policy)) }, run };
  } catch (error) {
    const { name, message } = reportedError(error);
    return { loaded: { error: `${name}: ${message}`.replaceAll(/\s+/g, ' ').slice(0, 500) } };
  } finally {
    inTime();
  }
}

const capped = (policy: Policy): Policy => ({ ...policy, timeoutMs: Math.min(policy.timeoutMs, MOST_TIMEOUT_MS) });
