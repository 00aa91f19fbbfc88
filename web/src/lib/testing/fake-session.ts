/** Who looks, for tests: identities, a store of a tab, and a server that answers by the token it is sent. */
import type { Identity } from '@holdfast/api/types';
import { Session } from '#lib/session/session.svelte.ts';

export const TOKEN = `holdfast_acme_k7x2m9qp4dtw_${'a'.repeat(48)}`;
export const OTHER_TOKEN = `holdfast_acme_p3r8s5vw2xyz_${'b'.repeat(48)}`;

export const identityWith = (fields: Partial<Identity> = {}): Identity => ({
  tenant: 'acme',
  subject: 'key:k7x2m9qp4dtw',
  kind: 'key',
  name: 'ann',
  scopes: ['tasks:submit', 'tasks:read', 'payloads:read', 'tasks:operate', 'admin'],
  expiresAt: null,
  ...fields,
});

export class FakeStore {
  readonly kept = new Map<string, string>();
  getItem = (name: string): string | null => this.kept.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.kept.set(name, value);
  removeItem = (name: string): void => void this.kept.delete(name);
}

/** Answers 200 with the identity of a token that is there, else a problem. */
export class FakeServer {
  readonly valid = new Map<string, Identity>();
  readonly heard: (string | null)[] = [];
  /** In the place of the 401; of the next answers. */
  refusal: { readonly status: number; readonly code: string; readonly retryAfter?: string } | null = null;

  readonly fetch = (_: string, { headers }: RequestInit): Promise<Response> => {
    const authorization = (headers as Headers).get('Authorization');
    this.heard.push(authorization);
    const identity = this.valid.get(authorization?.replace('Bearer ', '') ?? '');
    if (identity && !this.refusal) return Promise.resolve(Response.json(identity));
    const { status, code, retryAfter } = this.refusal ?? { status: 401, code: 'unauthenticated' };
    const body = { type: 'about:blank', title: code, status, detail: code, code, retryable: status !== 401 };
    const init = { status, ...(retryAfter && { headers: { 'Retry-After': retryAfter } }) };
    return Promise.resolve(Response.json(body, init));
  };
}

export interface Given {
  readonly session: Session;
  readonly server: FakeServer;
  readonly store: FakeStore;
  /** A request of a view; answers its status. */
  readonly ask: (signal?: AbortSignal) => Promise<number>;
}

/** `kept` is what the tab has kept. */
export function givenSession(kept?: string): Given {
  const server = new FakeServer();
  const store = new FakeStore();
  if (kept !== undefined) store.setItem('holdfast-token', kept);
  const session = new Session({ fetch: server.fetch, store });
  const fetch = session.fetchOfThisLife();
  const ask = async (signal = new AbortController().signal): Promise<number> =>
    (await fetch('http://holdfast.test/tasks', { headers: new Headers(), signal })).status;
  return { session, server, store, ask };
}
