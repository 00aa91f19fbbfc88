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
  return {
    title: 'The dashboard failed',
    detail: thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
    errors: [],
  };
}
