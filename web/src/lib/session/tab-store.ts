/** The session storage of this tab; null where the browser denies it. */
export function tabStore(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
