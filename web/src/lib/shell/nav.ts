/** The places of the dashboard, in the order of the header. A view that is built adds its line here. */
import { resolve } from '$app/paths';

export interface Place {
  readonly name: string;
  readonly href: string;
  /** Whether it is the place itself alone, or also what lies below it. */
  readonly isExact?: boolean;
}

export const PLACES: readonly Place[] = [
  { name: 'Overview', href: resolve('/'), isExact: true },
  { name: 'Tasks', href: resolve('/tasks') },
  { name: 'Submit', href: resolve('/submit') },
];

/** `path` is that of the address. */
export const isAt = ({ href, isExact = false }: Place, path: string): boolean =>
  path === href || (!isExact && path.startsWith(`${href}/`));
