/** What somebody pasted, as what would be sent: an API key or a token of an issuer. Null for what can be neither. */

const API_KEY = /^holdfast_[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?_[a-z0-9]{12}_[A-Za-z0-9_-]{40,64}$/;
/** A JSON Web Token: header, claims, signature. */
const TOKEN = /^[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{2,}\.[A-Za-z0-9_-]{2,}$/;
/** A header line that was copied as a whole. */
const BEFORE = /^["']?(?:authorization:)?(?:bearer(?=holdfast_|ey))?/i;

/** Neither has blanks: those came with lines that a terminal or a letter has broken. */
export function tokenOf(pasted: string): string | null {
  const token = pasted
    .replace(/[\s\u200b-\u200d\u2060\ufeff]+/g, '')
    .replace(BEFORE, '')
    .replace(/["']$/, '');
  return API_KEY.test(token) || TOKEN.test(token) ? token : null;
}
