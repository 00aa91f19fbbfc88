/** Asks who looks until it is known; until then nothing is held back, and the server judges alone. */
import type { TaskReader } from '@holdfast/sdk';
import type { Session } from './session.svelte.ts';

const AGAIN_MS = 15_000;

/** Answers the way to stop. */
export function identify(session: Session, reader: Pick<TaskReader, 'identity'>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new AbortController();
  const ask = async (): Promise<void> => {
    try {
      const identity = await reader.identity({ signal: end.signal });
      // Whoever has signed in meanwhile is known by that.
      session.identity ??= identity;
    } catch {
      // Views show that the server does not answer; this is asked again.
      if (!end.signal.aborted) timer = setTimeout(() => void ask(), AGAIN_MS);
    }
  };
  void ask();
  return () => {
    end.abort();
    clearTimeout(timer);
  };
}
