/**
 * The settings of who reaches the server and who is asked: HOST, ALLOWED_HOSTS, TRUSTED_PROXIES, IDENTITY. Texts of the
 * environment come in; out come rules, or a sentence for everything that is wrong with them. Where nobody is asked who he
 * is, nobody but this machine may reach the server.
 */
import { isIP } from 'node:net';
import type { AddressRange } from './http/identity/address.ts';
import { readTrustedProxies } from './http/identity/address.ts';
import type { SettingsReader } from './identity-settings.ts';

export interface Access {
  readonly host: string;
  readonly isOnLoopback: boolean;
  /** Names in Host headers that are answered beside loopback, in lower case; empty where none is listed. */
  readonly allowedHosts: readonly string[];
  /** Whose word for a client's address is taken. */
  readonly trustedProxies: readonly AddressRange[];
  /** `local`: whoever reaches the server without saying who he is, is its owner. */
  readonly identity: 'local' | 'required';
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const LABELS = /^(?!.{254})[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_][a-z0-9_-]{0,62})*$/;
const WITH_PORT = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/;

const isHost = (text: string): boolean => isIP(text) !== 0 || (LABELS.test(text) && !/^[\d.]+$/.test(text));

export function readAccess(read: SettingsReader, hasIssuer: boolean): Access {
  const host = (read.text('HOST') ?? 'localhost').toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (!isHost(host))
    read.problems.push('HOST must be a name or an address of this machine, such as 0.0.0.0 for all of them.');
  const isOnLoopback = LOOPBACK.includes(host);
  const allowedHosts = hostsIn(read);
  const { ranges, problems } = readTrustedProxies(read.text('TRUSTED_PROXIES'));
  read.problems.push(...problems);
  const isReached = !isOnLoopback || allowedHosts.length > 0 || read.text('TRUSTED_PROXIES') !== undefined;
  const identity = identityIn(read, { isReached, hasIssuer });
  return { host, isOnLoopback, allowedHosts, trustedProxies: ranges, identity };
}

function hostsIn(read: SettingsReader): string[] {
  const hosts = (read.text('ALLOWED_HOSTS') ?? '').split(',').flatMap((part) => part.trim().toLowerCase() || []);
  for (const entry of new Set(hosts)) {
    const [, name = ''] = WITH_PORT.exec(entry) ?? [];
    if (isHost(name.replace(/^\[(.*)\]$/, '$1'))) continue;
    const shown = 'such as tasks.example.com, tasks.example.com:8443 or [2001:db8::1]';
    read.problems.push(`ALLOWED_HOSTS must list hosts as they stand in addresses, ${shown}; ${entry} is none.`);
  }
  return hosts;
}

interface Surroundings {
  readonly isReached: boolean;
  readonly hasIssuer: boolean;
}

function identityIn(read: SettingsReader, { isReached, hasIssuer }: Surroundings): Access['identity'] {
  const stated = read.text('IDENTITY') ?? (isReached || hasIssuer ? 'required' : 'local');
  if (stated !== 'local') {
    if (stated !== 'required') read.problems.push('IDENTITY must be one of: local, required.');
    return 'required';
  }
  if (isReached) {
    const why = 'HOST, ALLOWED_HOSTS or TRUSTED_PROXIES lets others than this machine reach the server';
    read.problems.push(`IDENTITY must be required: ${why}, and with local all of them would be its owner.`);
  }
  return 'local';
}

/** By the names of the environment. */
export const shownAccess = (access: Access): Readonly<Record<string, string>> => ({
  HOST: access.host,
  IDENTITY: access.identity === 'local' ? 'local (whoever reaches this server is its owner)' : 'required',
  ALLOWED_HOSTS: access.allowedHosts.join(',') || (access.isOnLoopback ? '(none beside loopback)' : '(all)'),
  TRUSTED_PROXIES: access.trustedProxies.map(([base, bits]) => `${base.toString()}/${bits}`).join(',') || '(none)',
});
