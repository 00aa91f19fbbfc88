/** Copies a text as if it had been marked by hand: also where a page has no clipboard. False when the browser refuses. */
export function copyMarked(text: string, near: Element): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'unseen';
  const before = document.activeElement as HTMLElement | null;
  // Outside of a modal dialog nothing can be marked.
  near.after(field);
  field.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the one way without https
  const isCopied = document.execCommand('copy');
  field.remove();
  before?.focus();
  return isCopied;
}
