/** Between the moments of an address, RFC 3339 in UTC, and a field of the browser, in the reader's own zone to the second. */

/** Empty for what is no moment. */
export function localOf(moment: string | undefined): string {
  const at = new Date(moment ?? Number.NaN);
  if (Number.isNaN(at.getTime())) return '';
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace(/:00$/, '');
}

/** Empty for an empty field. */
export const momentOf = (local: string): string => (local === '' ? '' : new Date(local).toISOString());
