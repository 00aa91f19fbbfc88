/**
 * The identity of this server: API keys, tokens of an issuer, and where that is allowed whoever asks on the machine itself.
 * Every refusal is the same 401; why stands in the log alone. What a key was found to be is believed for 5 s, and forgotten
 * at once when this process changes the key.
 */
import { hash } from 'node:crypto';
import type { Ports } from '../../core/ports.ts';
import { Refusal } from '../../core/refusal.ts';
import { SECOND } from '../../core/rules.ts';
import type { Rate } from '../bucket.ts';
import { Bucket } from '../bucket.ts';
import type { Call } from '../call.ts';
import type { Principal } from '../principal.ts';
import { LOCAL } from '../principal.ts';
import type { Claim, Verdict } from './api-key.ts';
import { claimIn, isSecretValid, KEY_PREFIX, verdictOn } from './api-key.ts';
import { bearerIn } from './bearer.ts';
import type { AddressOf } from './address.ts';
import { addressReader, wasForwarded } from './address.ts';
import type { Failures } from './failures.ts';
import type { Identity } from './identity.ts';
import type { KeyStore } from './key-store.ts';
import { KeyUses } from './key-uses.ts';
import type { TokenJudge } from './token-judge.ts';

export interface CallersOptions {
  readonly ports: Pick<Ports, 'keyValue' | 'clock' | 'log'>;
  readonly keys: KeyStore;
  /** Whether a request without Authorization is the owner's. */
  readonly allowsLocal: boolean;
  /** Of bearer tokens that are no API keys. */
  readonly tokens?: TokenJudge | undefined;
  /** Where failures are counted. */
  readonly failures?: Failures;
  readonly addressOf?: AddressOf;
}

const BELIEVED_MS = 5 * SECOND;
const MOST_KEPT = 10_000;
/** A signature costs about 0.1 ms: a hundredth of a core. */
const UNKNOWN_TOKENS: Rate = { perSecond: 100, burst: 100 };
const SUBJECT = 'key:';

/** A key that was judged well. */
interface Held {
  readonly principal: Principal;
  /** On the clock that does not jump. */
  readonly believedUntilMs: number;
  /** On the clock that does not stand still either, where a process is frozen. */
  readonly heldAtMs: number;
}

type Ended = Pick<Principal, 'tenant' | 'subject'>;

/** The same for whatever was wrong. */
const unauthenticated = (): Refusal => new Refusal('unauthenticated', 'Send a valid API key or token.');

const uncounted: Failures = { refuseWhenTooMany: () => undefined, note: () => undefined };

export class Callers implements Identity {
  readonly #options: CallersOptions;
  readonly #failures: Failures;
  readonly #addressOf: AddressOf;
  readonly #uses: KeyUses;
  readonly #unknownTokens = new Bucket(UNKNOWN_TOKENS);
  /** By a digest, so that no key stays in memory; oldest first. */
  readonly #held = new Map<string, Held>();
  /** A key that changed while it was looked at is not held as it was. */
  #changes = 0;
  readonly #listeners: ((ended: Ended) => void)[] = [];

  constructor(options: CallersOptions) {
    this.#options = options;
    this.#failures = options.failures ?? uncounted;
    this.#addressOf = options.addressOf ?? addressReader([]);
    this.#uses = new KeyUses(options.ports);
    options.keys.onChange(({ tenant, keyId, hasEnded }) => {
      const ended = { tenant, subject: SUBJECT + keyId };
      this.#forget(ended);
      if (hasEnded) for (const tell of this.#listeners) tell(ended);
    });
  }

  of(call: Call): Principal | Promise<Principal> {
    const header = call.header('authorization');
    if (header === undefined) {
      // Through a proxy beside it all the world would be its owner.
      const isForwarded = wasForwarded(call);
      if (this.#options.allowsLocal && !isForwarded) return LOCAL;
      call.reason = isForwarded ? 'forwarded' : 'missing';
      throw unauthenticated();
    }
    const token = bearerIn(call, header);
    if (token === undefined) return this.#fail(call, 'malformed');
    if (!token.startsWith(KEY_PREFIX)) return this.#options.tokens?.known(token) ?? this.#ofToken(call, token);
    const digest = hash('sha256', token, 'base64url');
    const held = this.#held.get(digest);
    return (held && this.#believed(held)) ?? this.#ofKey(call, token, digest);
  }

  async stands({ kind, tenant, subject, expiresAtMs = Infinity, credential }: Principal): Promise<boolean> {
    const { keys, tokens, allowsLocal, ports } = this.#options;
    const nowMs = ports.clock.nowMs();
    if (expiresAtMs <= nowMs) return false;
    if (kind === 'local') return allowsLocal;
    if (kind === 'token') return tokens !== undefined;
    const key = await keys.find({ tenant, keyId: subject.slice(SUBJECT.length) });
    return key !== undefined && credential !== undefined && isSecretValid(key, credential, nowMs);
  }

  /** What goes on beside the requests is done. Never rejects. */
  settled(): Promise<void> {
    return this.#uses.settled();
  }

  onEnded(listener: (ended: Ended) => void): void {
    this.#listeners.push(listener);
  }

  /** Beyond what the server has to spare for unknown tokens, those of addresses that failed too often are not judged. */
  async #ofToken(call: Call, token: string): Promise<Principal> {
    const { tokens, ports } = this.#options;
    if (tokens === undefined) return this.#fail(call, 'unknown-token');
    if (!tokens.wasGood(token) && !this.#unknownTokens.take(1, ports.clock.monotonicMs())) {
      this.#failures.refuseWhenTooMany(this.#addressOf(call));
    }
    return (await tokens.judge(token)) ?? this.#fail(call, 'invalid-token');
  }

  /** Judged whoever else failed at its address: that costs a look-up, and a wrong one is refused all the same. */
  async #ofKey(call: Call, token: string, digest: string): Promise<Principal> {
    const { keys, ports } = this.#options;
    const claim = claimIn(token);
    if (claim === undefined) return this.#fail(call, 'malformed-key');
    const changes = this.#changes;
    const verdict = verdictOn(await keys.find(claim), claim.secret, ports.clock.nowMs());
    this.#held.delete(digest);
    if ('refused' in verdict) return this.#fail(call, verdict.refused);
    this.#uses.note(verdict.key);
    const principal = principalOf(claim, verdict);
    if (changes === this.#changes) this.#hold(digest, principal);
    return principal;
  }

  #believed({ principal, believedUntilMs, heldAtMs }: Held): Principal | undefined {
    const { clock } = this.#options.ports;
    const nowMs = clock.nowMs();
    if (clock.monotonicMs() >= believedUntilMs || nowMs - heldAtMs >= BELIEVED_MS) return undefined;
    const { expiresAtMs } = principal;
    return expiresAtMs !== undefined && expiresAtMs <= nowMs ? undefined : principal;
  }

  #hold(digest: string, principal: Principal): void {
    if (this.#held.size >= MOST_KEPT) this.#held.delete(this.#held.keys().next().value!);
    const { clock } = this.#options.ports;
    const believedUntilMs = clock.monotonicMs() + BELIEVED_MS;
    this.#held.set(digest, { principal, believedUntilMs, heldAtMs: clock.nowMs() });
  }

  #forget({ tenant, subject }: Ended): void {
    this.#changes += 1;
    for (const [digest, { principal }] of this.#held) {
      if (principal.subject === subject && principal.tenant === tenant) this.#held.delete(digest);
    }
  }

  #fail(call: Call, reason: string): never {
    call.reason = reason;
    const address = this.#addressOf(call);
    this.#failures.refuseWhenTooMany(address);
    this.#failures.note(address);
    throw unauthenticated();
  }
}

type Good = Exclude<Verdict, { readonly refused: unknown }>;

const principalOf = ({ tenant, keyId }: Claim, { key, untilMs, secretHash }: Good): Principal => ({
  tenant,
  subject: SUBJECT + keyId,
  kind: 'key',
  name: key.name,
  scopes: new Set(key.scopes),
  ...(untilMs !== undefined && { expiresAtMs: untilMs }),
  credential: secretHash,
});
