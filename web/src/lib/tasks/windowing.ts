/** Which rows of a long list have to exist: those in sight and a few beside them. Rows have one height. */

export interface Sight {
  /** Pixels. */
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}

export interface Span {
  readonly first: number;
  /** Not included. */
  readonly end: number;
}

/** Beside those in sight, on each side: a wheel moves about three rows before the next frame. */
const BESIDE = 6;

export function spanOf({ scrollTop, height, rowHeight, count }: Sight): Span {
  const top = Math.max(0, scrollTop);
  const first = Math.min(Math.floor(top / rowHeight) - BESIDE, count - 1);
  const end = Math.ceil((top + height) / rowHeight) + BESIDE;
  return { first: Math.max(0, first), end: Math.min(count, Math.max(0, end)) };
}

/** Where to scroll so that the row is in sight, moving as little as possible. */
export function scrollTopFor(index: number, { scrollTop, height, rowHeight }: Sight): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - height);
}
