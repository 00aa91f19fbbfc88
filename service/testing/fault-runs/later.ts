/** For what is awaited later: that it fails before then does not end the process that plays the rows. */
export function later<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}
