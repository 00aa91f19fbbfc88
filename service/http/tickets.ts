/**
 * Tickets for the live channel: `<tenant>_<random>`, kept as a hash among the entries of the tenant until they are over,
 * used once. Who took one is who asked for it: subject and scopes travel in the store, never in the ticket. [S14]
 */
import { createHash } from 'node:crypto';
import type { Scope } from '@holdfast/api/operation';
import type { EntryKey } from '../core/entry-keys.ts';
import { isTenant, tenantKey } from '../core/entry-keys.ts';
import type { Ports } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { SECOND } from '../core/rules.ts';
import type { Principal } from './principal.ts';
import { ledgerUnavailable } from './problems.ts';

const LIVES_MS = 30 * SECOND;
const TICKET = /^[A-Za-z0-9_-]{22,128}$/;

type TicketPorts = Pick<Ports, 'keyValue' | 'random' | 'clock'>;

/** The tenant is in the key. */
interface Held extends Omit<Principal, 'tenant' | 'scopes'> {
  readonly scopes: readonly Scope[];
}

export interface Ticket {
  readonly ticket: string;
  readonly expiresAtMs: number;
}

const tenantOf = (ticket: string): string => ticket.slice(0, Math.max(0, ticket.indexOf('_')));

/** Whoever reads the disk learns no ticket. */
const keyOf = (ticket: string): EntryKey =>
  tenantKey(tenantOf(ticket), 'live-ticket', createHash('sha256').update(ticket).digest('base64url'));

/** Throws ledger-unavailable. A ticket whose reply was lost is over after its time. */
export async function issueTicket(ports: TicketPorts, principal: Principal): Promise<Ticket> {
  // One token has at least 96 bits, and a ticket is to have 128.
  const ticket = `${principal.tenant}_${ports.random.token()}${ports.random.token()}`;
  const expiresAtMs = ports.clock.nowMs() + LIVES_MS;
  const { tenant, scopes, ...own } = principal;
  const held: Held = { ...own, scopes: [...scopes] };
  const { kind } = await ports.keyValue.swap(keyOf(ticket), 0, { value: held, purgeAtMs: expiresAtMs });
  if (kind !== 'swapped') throw ledgerUnavailable();
  return { ticket, expiresAtMs };
}

export const unauthenticated = (): Refusal =>
  new Refusal('unauthenticated', 'Send a ticket of POST /live-tickets that is neither used nor older than 30 s.');

/** Of two who bring the same ticket one gets in. Throws unauthenticated and ledger-unavailable. */
export async function redeemTicket({ keyValue }: TicketPorts, ticket: string | undefined): Promise<Principal> {
  if (ticket === undefined || !TICKET.test(ticket) || !isTenant(tenantOf(ticket))) throw unauthenticated();
  const key = keyOf(ticket);
  const stored = await keyValue.get(key);
  if (stored === undefined) throw unauthenticated();
  const { kind } = await keyValue.swap(key, stored.version, { value: undefined });
  if (kind === 'failed') throw ledgerUnavailable();
  if (kind === 'conflict') throw unauthenticated();
  const held = stored.value as Held;
  return { ...held, tenant: tenantOf(ticket), scopes: new Set(held.scopes) };
}
