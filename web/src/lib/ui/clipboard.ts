/** Copies a text at a press; false when the browser does not allow it. `near` is the button: beside it nothing is inert. */
export async function copy(text: string, near: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https, as on a machine of one's own network, there is the older way alone.
    const { copyMarked } = await import('./copy-marked.ts');
    return copyMarked(text, near);
  }
}
