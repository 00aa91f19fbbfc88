/**
 * The API keys of the tenant, and what is done to them. A new key is here until its owner says that it is stored; then it is
 * nowhere in the page any more. Who rotates the key that he is using goes on with the new one.
 */
import type { ApiKey, CreateKeyRequest, NewApiKey } from '@holdfast/api/types';
import type { Holdfast } from '@holdfast/sdk';
import type { Session } from '#lib/session/session.svelte.ts';
import { toasts } from '#lib/ui/toasts.svelte.ts';

type Client = Pick<Holdfast, 'keys' | 'createKey' | 'rotateKey' | 'revokeKey'>;

export type Step =
  | { readonly kind: 'create' }
  | { readonly kind: 'rotate'; readonly key: ApiKey }
  | { readonly kind: 'revoke'; readonly key: ApiKey };

export class KeyRing {
  /** Newest first; null until they came. */
  keys = $state.raw<readonly ApiKey[] | null>(null);
  /** Of the last look. */
  error = $state.raw<unknown>(null);
  /** What is being asked, in a dialog. */
  step = $state.raw<Step | null>(null);
  isBusy = $state(false);
  /** Why the step was not done. */
  refusal = $state.raw<unknown>(null);
  /** To be stored now: shown this once. */
  fresh = $state.raw<NewApiKey | null>(null);
  /** Somebody wanted to leave without having stored it. */
  isWarned = $state(false);
  readonly usable = $derived(this.keys?.filter(({ state }) => state === 'usable') ?? []);
  readonly ended = $derived(this.keys?.filter(({ state }) => state !== 'usable') ?? []);
  readonly #holdfast: Client;
  readonly #session: Session;

  constructor(holdfast: Client, session: Session) {
    this.#holdfast = holdfast;
    this.#session = session;
    void this.look();
  }

  /** Whether it is the one that this page is using. */
  isOwn({ keyId }: ApiKey): boolean {
    return this.#session.identity?.subject === `key:${keyId}`;
  }

  async look(): Promise<void> {
    try {
      this.keys = await this.#holdfast.keys();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }

  choose(step: Step | null): void {
    this.step = step;
    this.refusal = null;
  }

  create(request: CreateKeyRequest): Promise<void> {
    return this.#do(() => this.#holdfast.createKey(request));
  }

  rotate(key: ApiKey, graceSeconds: number): Promise<void> {
    return this.#do(async () => {
      const rotated = await this.#holdfast.rotateKey(key.keyId, { graceSeconds });
      if (this.isOwn(key)) this.#session.renew(rotated.key);
      return rotated;
    });
  }

  revoke(key: ApiKey): Promise<void> {
    return this.#do(async () => {
      const revoked = await this.#holdfast.revokeKey(key.keyId);
      this.keys = this.keys?.map((each) => (each.keyId === key.keyId ? revoked : each)) ?? null;
      toasts.show(`Revoked ${key.name}`);
      return undefined;
    });
  }

  /** Whoever leaves without it has to make another. */
  warn(): void {
    this.isWarned = true;
  }

  /** The key leaves the page. */
  stored(): void {
    this.fresh = null;
    this.isWarned = false;
  }

  #show(key: NewApiKey): void {
    this.fresh = key;
    this.isWarned = false;
  }

  async #do(work: () => Promise<NewApiKey | undefined>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.refusal = null;
    try {
      const fresh = await work();
      this.step = null;
      if (fresh) this.#show(fresh);
    } catch (error) {
      this.refusal = error;
    } finally {
      this.isBusy = false;
    }
    // Also after a refusal: what is shown may be why.
    await this.look();
  }
}
