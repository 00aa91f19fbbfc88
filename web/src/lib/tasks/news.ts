/** What waits to come into a list, or to leave it, in words; undefined when nothing does. */
import type { News } from './task-list.svelte.ts';

export function newsText({ arrived, left, isMore }: News): string | undefined {
  if (isMore) return 'Many new tasks';
  const parts = [arrived > 0 && `${arrived.toLocaleString()} new`, left > 0 && `${left.toLocaleString()} moved on`];
  const text = parts.filter(Boolean).join(', ');
  return text === '' ? undefined : text;
}
