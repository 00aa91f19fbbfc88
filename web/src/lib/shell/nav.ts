/** The places of the dashboard, in the order of the header. A view that is built adds its line here. */
import { resolve } from '$app/paths';
import type { Scope } from '@holdfast/api/types';

export interface Place {
  readonly name: string;
  readonly href: string;
  /** Without it the view says what is missing. */
  readonly scope: Scope;
  /** Whether it is the place itself alone, or also what lies below it. */
  readonly isExact?: boolean;
  /** In the header only for whoever is there. */
  readonly isAside?: boolean;
}

export const PLACES: readonly Place[] = [
  { name: 'Overview', href: resolve('/'), scope: 'tasks:read', isExact: true },
  { name: 'Tasks', href: resolve('/tasks'), scope: 'tasks:read' },
  // Its form is made from the types, which are read.
  { name: 'Submit', href: resolve('/submit'), scope: 'tasks:read' },
  { name: 'Keys', href: resolve('/keys'), scope: 'admin' },
  { name: 'Faults', href: resolve('/faults'), scope: 'tasks:read', isAside: true },
];

/** `path` is that of the address. */
export const isAt = ({ href, isExact = false }: Place, path: string): boolean =>
  path === href || (!isExact && path.startsWith(`${href}/`));
