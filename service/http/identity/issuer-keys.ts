/**
 * The keys of the issuer, as this server knows them. A key it does not know makes it ask, at most once in ten seconds
 * whatever is sent; what it knows goes on working for a day while the issuer is away. jose's own remote key set throws its
 * keys away when they are ten minutes old, and asks an issuer that is away once for each token.
 */
import type { CryptoKey, JWSHeaderParameters } from 'jose';
import type { Ports } from '../../core/ports.ts';
import { Refusal } from '../../core/refusal.ts';
import { HOUR, MINUTE, SECOND } from '../../core/rules.ts';
import type { IssuerAddress, KeySet } from './issuer.ts';
import { fetchKeys } from './issuer.ts';

const COOLDOWN_MS = 10 * SECOND;
const RETRY_MS = 5 * SECOND;
/** From then on they are fetched beside the requests. */
const RENEW_AFTER_MS = 5 * MINUTE;
/** From then on a request waits for that, unless the issuer is known to be away: a key that was withdrawn is to end. */
const WAIT_AFTER_MS = 10 * MINUTE;
/** Where each request would wait for an issuer that hangs. */
const RETRY_WITHIN_REQUESTS_MS = MINUTE;
/** From then on the issuer may have withdrawn them for long. */
const KEPT_MS = 24 * HOUR;
const MOST_WAITING = 500;
/** RFC 7518 §3.3; jose would throw when it verifies. */
const LEAST_RSA_BITS = 2048;

export interface Asking {
  /** Whether keys are fetched beside the requests; a process that is frozen between them would never end it. */
  readonly beside: boolean;
}

export class IssuerKeys {
  readonly #address: IssuerAddress;
  readonly #ports: Pick<Ports, 'clock' | 'log'>;
  readonly #beside: boolean;
  #held: { readonly keys: KeySet; readonly atMs: number } | undefined;
  /** Why the last fetch failed; undefined when it did not. */
  #failed: string | undefined;
  #nextAtMs = -Infinity;
  #fetching: Promise<void> | undefined;
  #waiting = 0;

  constructor(address: IssuerAddress, ports: Pick<Ports, 'clock' | 'log'>, { beside }: Asking = { beside: true }) {
    this.#address = address;
    this.#ports = ports;
    this.#beside = beside;
  }

  /** Undefined: the issuer has no such key. Throws identity-unavailable when nobody can tell. */
  async keyFor(header: JWSHeaderParameters): Promise<CryptoKey | undefined> {
    await this.#freshen();
    const known = await this.#find(header);
    if (known !== undefined) return known;
    await this.#wait(this.renew());
    const found = await this.#find(header);
    if (found === undefined && this.#failed !== undefined) throw this.#unavailable();
    return found;
  }

  /** Asks the issuer, unless it was asked a moment ago. Never rejects. */
  renew(): Promise<void> {
    if (this.#fetching !== undefined) return this.#fetching;
    if (this.#ports.clock.monotonicMs() < this.#nextAtMs) return Promise.resolve();
    return (this.#fetching = this.#fetch());
  }

  async #freshen(): Promise<void> {
    const ageMs = this.#held === undefined ? Infinity : this.#ports.clock.monotonicMs() - this.#held.atMs;
    if (ageMs <= RENEW_AFTER_MS) return;
    if (ageMs > KEPT_MS) this.#held = undefined;
    const renewed = this.renew();
    const waits = !this.#beside || (ageMs > WAIT_AFTER_MS && this.#failed === undefined);
    if (waits || this.#held === undefined) await this.#wait(renewed);
  }

  async #fetch(): Promise<void> {
    const { clock, log } = this.#ports;
    const fetched = await fetchKeys(this.#address, clock);
    const nowMs = clock.monotonicMs();
    const before = this.#failed;
    if ('keys' in fetched) this.#held = { keys: fetched.keys, atMs: nowMs };
    this.#failed = 'failed' in fetched ? fetched.failed : undefined;
    const retryMs = this.#beside || this.#held === undefined ? RETRY_MS : RETRY_WITHIN_REQUESTS_MS;
    this.#nextAtMs = nowMs + (this.#failed === undefined ? COOLDOWN_MS : retryMs);
    this.#fetching = undefined;
    if (this.#failed === before) return;
    if (this.#failed === undefined) log.info('issuer-answers-again');
    else log.warn('issuer-unusable', { reason: this.#failed });
  }

  /** What cannot be used as a key is none, however the issuer came to publish it. */
  async #find(header: JWSHeaderParameters): Promise<CryptoKey | undefined> {
    try {
      const key = await this.#held?.keys(header);
      const { modulusLength = LEAST_RSA_BITS } = (key?.algorithm ?? {}) as { modulusLength?: number };
      return modulusLength < LEAST_RSA_BITS ? undefined : key;
    } catch {
      return undefined; // jose says by throwing that none fits, that several do, or that it cannot be read
    }
  }

  /** Whoever floods while the issuer hangs holds no more requests than this. */
  async #wait(renewed: Promise<void>): Promise<void> {
    if (this.#waiting >= MOST_WAITING) throw this.#unavailable();
    this.#waiting += 1;
    await renewed; // never rejects
    this.#waiting -= 1;
  }

  #unavailable(): Refusal {
    const waitMs = this.#nextAtMs - this.#ports.clock.monotonicMs();
    const detail = 'The keys of the issuer cannot be fetched now; asking again is safe.';
    return Refusal.until('identity-unavailable', detail, waitMs / SECOND);
  }
}
