/** Where the API is: where this page came from, unless its head names another place. */
export function apiUrl(page: Document, origin: string): string {
  const named = page.querySelector<HTMLMetaElement>('meta[name="holdfast-api"]')?.content.trim();
  return named ? named.replace(/\/+$/, '') : origin;
}
