/** Who is let in at all: the right host, no foreign origin, the scope of the operation, a server that stays. */
import type { OperationEntry } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Call } from './call.ts';
import type { Principal } from './principal.ts';
import { MissingScope } from './problems.ts';

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;

/** A server that only its own machine reaches answers to no other name, so that no web site can rebind its name to it. */
export const isLoopbackHost = (host: string): boolean => LOOPBACK.test(host);

/**
 * Which Host headers are answered. A server that others reach is known by names that it cannot know: it answers to all, as
 * nobody is let in without a key, unless some are listed. A name without a port stands for each of its ports.
 */
export function hostsAllowed(isOnLoopback: boolean, listed: readonly string[]): Guests['allowsHost'] {
  if (listed.length === 0) return isOnLoopback ? isLoopbackHost : () => true;
  const names = new Set(listed);
  return (host) => {
    const name = host.toLowerCase();
    return isLoopbackHost(name) || names.has(name) || names.has(name.replace(/:\d{1,5}$/, ''));
  };
}

export interface Guests {
  /** Whether the server answers to this Host. */
  readonly allowsHost: (host: string) => boolean;
  /** Pages that may ask beside its own, as browsers write their origin. */
  readonly origins: ReadonlySet<string>;
}

export function refuseStrangers(call: Call, { allowsHost, origins }: Guests): void {
  if (call.isRepeated('host')) throw new Refusal('invalid-header', 'Send one Host header.');
  const { host, origin } = call;
  if (!allowsHost(host)) {
    const names = 'localhost, 127.0.0.1, [::1], or one that ALLOWED_HOSTS lists';
    throw new Refusal('misdirected-host', `Ask the server by a name that it answers to: ${names}.`);
  }
  if (origin !== undefined && !isOriginOf(host, origin) && !origins.has(origin)) {
    throw new Refusal('forbidden-origin', 'Pages of this origin may not ask; CORS_ORIGINS names those that may.');
  }
}

function isOriginOf(host: string, origin: string): boolean {
  const own = host.toLowerCase();
  return origin === `http://${own}` || origin === `https://${own}`;
}

export function refuseUnscoped({ scope }: OperationEntry, principal: Principal): void {
  if (scope !== null && scope !== 'any' && !principal.scopes.has(scope)) {
    throw new MissingScope(scope);
  }
}

/** Whether the service lives can be asked to the end. */
export function refuseWhenStopping({ scope }: OperationEntry, stopping: AbortSignal): void {
  if (scope !== null && stopping.aborted) {
    throw new Refusal('stopping', 'Ask again; another server, or this one after its restart, will answer.');
  }
}
