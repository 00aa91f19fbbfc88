/**
 * The keys under which everything small is kept: each begins with the tenant it belongs to, or says that it is the
 * installation's own. Nobody else makes them, so that none can forget the tenant; and no tenant, however it is called,
 * can be taken for another one or for a part of its keys. [S14]
 */
import type { TaskKey } from './task.ts';

declare const kind: unique symbol;

/** Of one entry. */
export type EntryKey = string & { readonly [kind]: 'entry' };
/** What the keys of some entries begin with, up to a `/`. */
export type EntryPrefix = string & { readonly [kind]: 'prefix' };

/** One label as in a host name: no `/` that would begin another part, no `_` that would end it in a key or a ticket. */
const TENANT = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PART = /^[\w.~-]+$/;

export const isTenant = (text: string): boolean => TENANT.test(text);

type Parts = readonly [string | number, ...(string | number)[]];

/** Throws RangeError: whatever comes from outside was judged before. */
function joined(parts: readonly (string | number)[]): string {
  for (const part of parts)
    if (!PART.test(String(part))) throw new RangeError('A part of a key is empty or not plain.');
  return parts.join('/');
}

/** Throws RangeError for what cannot be a tenant. */
function roomOf(tenant: string): string {
  if (!isTenant(tenant)) throw new RangeError('This cannot be the name of a tenant.');
  return `tenant/${tenant}/`;
}

/* eslint-disable no-restricted-syntax -- here, and nowhere else, keys are made */
export const tenantKey = (tenant: string, ...parts: Parts): EntryKey => `${roomOf(tenant)}${joined(parts)}` as EntryKey;

/** Of one kind of entries of one tenant: `b` is not found below `a`, and no other tenant at all. */
export const tenantPrefix = (tenant: string, ...parts: Parts): EntryPrefix =>
  `${roomOf(tenant)}${joined(parts)}/` as EntryPrefix;

/** For what belongs to no tenant, and tells nothing of any. */
export const installationKey = (...parts: Parts): EntryKey => `installation/${joined(parts)}` as EntryKey;

export const installationPrefix = (...parts: Parts): EntryPrefix => `installation/${joined(parts)}/` as EntryPrefix;
/* eslint-enable no-restricted-syntax */

/** One name for each task of every tenant: a task id holds no `/`. For maps in memory. */
export const taskName = ({ tenant, taskId }: TaskKey): string => `${tenant}/${taskId}`;
