/**
 * Who looks: the key or token that each request carries, and the identity it stands for. A request that is answered 401 waits
 * until somebody has signed in, and goes out again: the view that made it stays as it was. The token is in memory, in the
 * session storage of the tab when its owner wants that, and nowhere else.
 */
import type { Identity, Scope } from '@holdfast/api/types';
import type { HoldfastOptions } from '@holdfast/sdk';

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
  #waiting: PromiseWithResolvers<undefined>[] = [];

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

  get isKept(): boolean {
    return this.#parts.store?.getItem(KEY) != null;
  }

  /** Takes the place of the global fetch; rejects also when somebody else has signed in meanwhile. */
  readonly fetch: Fetch = async (url, init) => {
    const headers = init.headers as Headers;
    for (;;) {
      if (this.asks !== null) await this.#signIn(init.signal!);
      const token = this.#token;
      if (token !== undefined) headers.set('Authorization', `Bearer ${token}`);
      const signal = AbortSignal.any([init.signal!, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
      const response = await this.#parts.fetch(url, { ...init, signal });
      if (response.status !== 401) return response;
      if (token === this.#token) this.asks ??= token === undefined ? 'needed' : 'ended';
    }
  };

  /** What the server has confirmed. Whoever may see all that is shown goes on with it. */
  adopt({ token, identity, isKept }: SignedIn): void {
    const isNew =
      this.asks === 'left' || (this.identity ? !covers(identity, this.identity) : this.#token !== undefined);
    if (isNew) {
      this.life += 1;
      this.#refuse();
    }
    this.#token = token;
    this.identity = identity;
    if (isKept) this.#parts.store?.setItem(KEY, token);
    else this.#parts.store?.removeItem(KEY);
    this.asks = null;
    for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
  }

  /** The same identity has another secret now. */
  renew(token: string): void {
    if (this.isKept) this.#parts.store?.setItem(KEY, token);
    this.#token = token;
  }

  leave(): void {
    this.#token = undefined;
    this.#parts.store?.removeItem(KEY);
    this.#refuse();
    this.asks = 'left';
  }

  #signIn(signal: AbortSignal): Promise<undefined> {
    const waiting = Promise.withResolvers<undefined>();
    this.#waiting.push(waiting);
    signal.addEventListener('abort', () => waiting.reject(signal.reason), { once: true });
    return waiting.promise;
  }

  /** What the one before wanted is not done in the name of the next. */
  #refuse(): void {
    for (const { reject } of this.#waiting.splice(0)) reject(new Error('somebody else has signed in'));
  }
}

const covers = (now: Identity, before: Identity): boolean =>
  now.tenant === before.tenant && before.scopes.every((scope) => now.scopes.includes(scope));
