/**
 * What live connections need between messages, for whoever looks every few seconds: a goodbye before their planned end, the
 * end with it or with their identity, and word of what they have missed. Two that look at once do everything at most twice.
 */
import type { Gateway, Posted } from '../aws/gateway.ts';
import { namesOf } from '../core/names-of.ts';
import type { Clock, Log } from '../core/ports.ts';
import { Refusal } from '../core/refusal.ts';
import { MINUTE, SECOND } from '../core/rules.ts';
import type { Identity } from '../http/identity/identity.ts';
import type { Principal } from '../http/principal.ts';
import { frameOf, resyncFrame } from '../live/frames.ts';
import type { Connections, LiveConnection } from './connections.ts';
import { GOODBYE_BEFORE_MS, goodbyeOf, LIVES_MS } from './live-frames.ts';

const AT_ONCE = 20;
const CARE_WITHIN_MS = 10 * SECOND;
/** An outage shall not end who stands, nor keep who does not for ever. */
const UNANSWERED_AT_MOST_MS = 5 * MINUTE;

export interface CareParts {
  readonly connections: Connections;
  readonly gateway: Gateway;
  readonly identity: Pick<Identity, 'stands'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Standing = 'stands' | 'ended' | 'unanswered';

/**
 * One look at all connections, as far as it comes in the time. Throws LedgerUnavailable when they cannot be listed; what
 * fails for one is looked at again.
 */
export async function care(parts: CareParts): Promise<void> {
  const { connections, clock, log } = parts;
  const all = await connections.all();
  // Begun elsewhere each time, so that those who take long keep nobody from his turn for ever.
  const first = clock.nowMs() % Math.max(1, all.length);
  const left = [...all.slice(first), ...all.slice(0, first)].values();
  const giveUpAtMs = clock.monotonicMs() + CARE_WITHIN_MS;
  const faults: unknown[] = [];
  const standings = new Map<string, Promise<Standing>>();
  const work = async (): Promise<void> => {
    for (const connection of left) {
      if (clock.monotonicMs() >= giveUpAtMs) return;
      const { principal } = connection;
      const standing = standings.get(nameOf(principal)) ?? standingOf(principal, parts, faults);
      standings.set(nameOf(principal), standing);
      await careFor(connection, await standing, parts).catch((error: unknown) => faults.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (faults.length === 0) return;
  log.warn('live-uncared', { looked: all.length, faults: faults.length, ...namesOf(faults[0]) });
}

/** One subject may have several tokens, told apart by when they expire; a key may have two secrets, of which one ends. */
const nameOf = ({ tenant, subject, expiresAtMs, credential }: Principal): string =>
  `${tenant}\n${subject}\n${expiresAtMs} ${credential}`;

async function standingOf(principal: Principal, { identity, clock }: CareParts, faults: unknown[]): Promise<Standing> {
  if ((principal.expiresAtMs ?? Infinity) <= clock.nowMs()) return 'ended';
  try {
    return (await identity.stands(principal)) ? 'stands' : 'ended';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unauthenticated') return 'ended';
    faults.push(error);
    return 'unanswered';
  }
}

async function careFor(connection: LiveConnection, standing: Standing, parts: CareParts): Promise<void> {
  const { connectedAtMs, fate } = connection;
  const ageMs = parts.clock.nowMs() - connectedAtMs;
  if (standing === 'ended' || ageMs >= LIVES_MS) await end(connection, parts);
  else if (standing === 'unanswered') await bear(connection, parts);
  else if (fate.unansweredSinceMs !== undefined) await parts.connections.change(connection, answered(fate));
  else if (fate.hasMissed) await tellOfMissed(connection, parts);
  else if (ageMs >= LIVES_MS - GOODBYE_BEFORE_MS && !fate.saidGoodbye) await sayGoodbye(connection, parts);
}

/** Kept until the gateway has ended it: an entry is what the next look finds. */
async function end({ id }: LiveConnection, { gateway, connections }: CareParts): Promise<void> {
  if ((await gateway.close(id)) === 'closed') await connections.leave(id);
}

async function bear(connection: LiveConnection, parts: CareParts): Promise<void> {
  const { fate } = connection;
  const nowMs = parts.clock.nowMs();
  const { unansweredSinceMs = nowMs } = fate;
  if (nowMs - unansweredSinceMs >= UNANSWERED_AT_MOST_MS) await end(connection, parts);
  else if (fate.unansweredSinceMs === undefined)
    await parts.connections.change(connection, { ...fate, unansweredSinceMs });
}

const answered = ({ unansweredSinceMs, ...fate }: LiveConnection['fate']): LiveConnection['fate'] => fate;

/** Whatever is missed after this was read makes the entry another one: it is then told again. */
async function tellOfMissed(connection: LiveConnection, parts: CareParts): Promise<void> {
  const { connections, gateway } = parts;
  const { topics = new Set<string>() } = (await connections.followingOf(connection)) ?? {};
  const posted = topics.size > 0 ? await gateway.post(connection.id, resyncFrame('overload', topics)) : 'sent';
  const { hasMissed, ...fate } = connection.fate;
  if (posted === 'sent') await connections.change(connection, fate);
  else await forgetIfGone(connection, posted, parts);
}

async function sayGoodbye(connection: LiveConnection, parts: CareParts): Promise<void> {
  const posted = await parts.gateway.post(connection.id, frameOf(goodbyeOf(connection)));
  if (posted === 'sent') await parts.connections.change(connection, { ...connection.fate, saidGoodbye: true });
  else await forgetIfGone(connection, posted, parts);
}

async function forgetIfGone({ id }: LiveConnection, posted: Posted, { connections }: CareParts): Promise<void> {
  if (posted === 'gone') await connections.leave(id);
}
