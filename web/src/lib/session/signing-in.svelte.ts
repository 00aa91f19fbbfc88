/** One sign-in: what was pasted is judged here first, then by the server, and becomes the session when the server knows it. */
import type { Fetch } from './session.svelte.ts';
import { createTaskReader, isProblem } from '@holdfast/sdk';
import { troubleOf } from '#lib/problem.ts';
import { tokenOf } from './key-text.ts';
import type { Session } from './session.svelte.ts';

export interface SigningInParts {
  readonly session: Session;
  readonly api: string;
  readonly fetch: Fetch;
}

export class SigningIn {
  pasted = $state('');
  isKept: boolean = $state(false);
  isBusy = $state(false);
  /** Why it did not succeed, for a person. */
  trouble = $state('');
  /** Epoch milliseconds by this machine: the server asked to wait so long. */
  waitUntilMs = $state(0);
  readonly #parts: SigningInParts;

  constructor(parts: SigningInParts) {
    this.#parts = parts;
    this.isKept = parts.session.isKept;
  }

  /** Never rejects; `trouble` says why the reader is not signed in. */
  async send(nowMs: number): Promise<void> {
    if (this.isBusy || this.waitUntilMs > nowMs) return;
    const token = tokenOf(this.pasted);
    this.trouble = token === null ? whatIsWrong(this.pasted) : '';
    if (token === null) return;
    this.isBusy = true;
    try {
      const { session, api, fetch } = this.#parts;
      const identity = await createTaskReader({ baseUrl: api, fetch, token, retry: { attempts: 1 } }).identity();
      this.pasted = '';
      session.adopt({ token, identity, isKept: this.isKept });
    } catch (error) {
      this.#failed(error, nowMs);
    } finally {
      this.isBusy = false;
    }
  }

  #failed(error: unknown, nowMs: number): void {
    if (isProblem(error, 'unauthenticated')) this.trouble = UNKNOWN;
    else if (isProblem(error, 'rate-limited')) {
      const waitSeconds = error.retryAfterSeconds ?? 1;
      this.trouble = `Too many keys that are not known came from your address. It has to wait ${waitSeconds} s.`;
      this.waitUntilMs = nowMs + waitSeconds * 1_000;
    } else {
      const { title, detail } = troubleOf(error);
      this.trouble = isProblem(error, 'identity-unavailable') ? UNREACHED : `${title}: ${detail}`;
    }
  }
}

const UNKNOWN =
  'This key is not known here: it may be of another installation, revoked, expired, or cut off at its end. Nothing else is said about it.';
const UNREACHED =
  'The issuer of your token cannot be reached just now, so nobody can tell whether it is valid. Try again in a moment; an API key works meanwhile.';

function whatIsWrong(pasted: string): string {
  if (pasted.trim() === '') return 'Paste a key first.';
  return /holdfast_/.test(pasted)
    ? 'This is no whole API key: it has four parts, holdfast_<tenant>_<id>_<secret>, and the secret has at least 40 characters. Nothing was sent.'
    : 'This can be no key: an API key begins with holdfast_, and a token of an issuer has three parts with dots between them. Nothing was sent.';
}
