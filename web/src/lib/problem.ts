/**
 * What went wrong, in words for whoever sees it: the server's problem as it names itself, an answer that never came, or a
 * fault of the dashboard. Takes whatever was thrown.
 */
import type { FieldError, Problem } from '@holdfast/api/types';

export interface Trouble {
  readonly title: string;
  readonly detail: string;
  /** The server's name for it; its entry at /docs/problems says what to do. */
  readonly code?: string;
  readonly requestId?: string | undefined;
  readonly errors: readonly FieldError[];
}

type ProblemLike = Error & Problem & { readonly requestId?: string };

/** By shape, not by class: what crossed a boundary of SvelteKit is only like an error of the SDK. */
const isProblemLike = (thrown: unknown): thrown is ProblemLike =>
  thrown instanceof Error && 'code' in thrown && 'status' in thrown && 'title' in thrown;

/** What browsers and Vite say when a part of the page does not come. */
const NOT_LOADED = /dynamically imported module|Importing a module script failed|Unable to preload CSS/;

export function troubleOf(thrown: unknown): Trouble {
  if (isProblemLike(thrown)) {
    const { title, detail, code, requestId, errors = [] } = thrown;
    return { title, detail, code, requestId, errors };
  }
  if (thrown instanceof Error && thrown.name === 'Unreachable') {
    return {
      title: 'No answer',
      detail: 'Holdfast does not answer. Is it running, and is this machine online?',
      errors: [],
    };
  }
  if (thrown instanceof Error && NOT_LOADED.test(thrown.message)) {
    return {
      title: 'This view could not be loaded',
      detail: 'Holdfast does not answer, or runs in another version since this page was opened. Is it running?',
      errors: [],
    };
  }
  return {
    title: 'The dashboard failed',
    detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
    errors: [],
  };
}
