/**
 * Who looks: the key or token that each request carries, and the identity it stands for. A request that is answered 401 waits
 * until somebody has signed in, and goes out again: the view that made it stays as it was. The token is in memory, in the
 * session storage of the tab when its owner wants that, and nowhere else.
 */
import type { Identity, Scope } from '@holdfast/api/types';
import type { HoldfastOptions } from '@holdfast/sdk';
import { untrack } from 'svelte';

export type Fetch = NonNullable<HoldfastOptions['fetch']>;
type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** `needed`: nobody has signed in yet; `ended`: the key did work, and does not any more; `left`: signed out. */
export type Reason = 'needed' | 'ended' | 'left';

export interface SessionParts {
  readonly fetch: Fetch;
  /** Null in a browser that keeps nothing for this site. */
  readonly store: Store | null;
}

export interface SignedIn {
  readonly token: string;
  readonly identity: Identity;
  /** Also after a reload of this tab. */
  readonly isKept: boolean;
}

const KEY = 'holdfast-token';
const SOON_MS = 7 * 86_400_000;
/** Of one request; the client waits longer, because a sign-in may take any time. */
const ANSWER_WITHIN_MS = 30_000;

export class Session {
  /** Null until the server has said it. */
  identity = $state.raw<Identity | null>(null);
  /** Why somebody has to sign in; null when nobody has to. */
  asks = $state.raw<Reason | null>(null);
  /** Another one when what was shown is not for who looks now: nothing of the life before may stay. */
  life = $state(0);
  readonly #parts: SessionParts;
  #token: string | undefined;
  readonly #waiting = new Set<(answer: undefined) => void>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#token = parts.store?.getItem(KEY) ?? undefined;
  }

  /** Until it is known what is allowed, the server alone judges. */
  may(scope: Scope): boolean {
    return this.identity?.scopes.includes(scope) ?? true;
  }

  /** Whether requests from elsewhere need a key. */
  get asksForKey(): boolean {
    return this.identity !== null && this.identity.kind !== 'local';
  }

  /** Within a week. */
  endsSoon(nowMs: number): boolean {
    return this.identity?.expiresAt != null && Date.parse(this.identity.expiresAt) - nowMs < SOON_MS;
  }

  get isKept(): boolean {
    return this.#parts.store?.getItem(KEY) != null;
  }

  /**
   * Takes the place of the global fetch for what is shown in this life: in a later one nothing is answered or sent any more,
   * nor is what a client repeats, because somebody else would have done it.
   */
  fetchOfThisLife(): Fetch {
    const life = untrack(() => this.life);
    const goOn = (): void => {
      if (life !== this.life) throw new Error('somebody else has signed in');
    };
    return async (url, init) => {
      const headers = init.headers as Headers;
      for (;;) {
        goOn();
        if (this.asks !== null) await this.#signedIn(init.signal!);
        goOn();
        const token = this.#token;
        if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
        const signal = AbortSignal.any([init.signal!, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
        const response = await this.#parts.fetch(url, { ...init, signal });
        goOn();
        if (response.status !== 401) return response;
        if (token === this.#token) this.asks ??= token === undefined ? 'needed' : 'ended';
      }
    };
  }

  /** What the server has confirmed. Whoever may see all that is shown goes on with it. */
  adopt({ token, identity, isKept }: SignedIn): void {
    const isOther = this.identity ? !covers(identity, this.identity) : this.#token !== undefined;
    // Whoever has left has ended the life before by that.
    if (isOther && this.asks !== 'left') this.life += 1;
    this.#token = token;
    this.identity = identity;
    if (isKept) this.#parts.store?.setItem(KEY, token);
    else this.#parts.store?.removeItem(KEY);
    this.asks = null;
    this.#wake();
  }

  /** The same identity has another secret now. */
  renew(token: string): void {
    if (this.isKept) this.#parts.store?.setItem(KEY, token);
    this.#token = token;
  }

  leave(): void {
    this.#token = undefined;
    this.#parts.store?.removeItem(KEY);
    this.life += 1;
    this.asks = 'left';
    this.#wake();
  }

  /** Also when somebody leaves: who waits sees then whether he may go on. */
  async #signedIn(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const end = (): void => reject(signal.reason);
    signal.addEventListener('abort', end, { once: true });
    this.#waiting.add(resolve);
    try {
      await promise;
    } finally {
      this.#waiting.delete(resolve);
      signal.removeEventListener('abort', end);
    }
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve(undefined);
  }
}

const covers = (now: Identity, before: Identity): boolean =>
  now.tenant === before.tenant && before.scopes.every((scope) => now.scopes.includes(scope));
