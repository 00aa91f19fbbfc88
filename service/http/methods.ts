/** Which methods a path of the contract takes, for the answer to one that it does not. */
import { operations } from '@holdfast/api/operations';

/** A segment of the path, not what it may hold: that is for the operation to judge. */
const PATHS = Object.values(operations).map(({ path, method }) => ({
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  method,
}));

/** As `Allow` lists them; undefined for an unknown path. */
export function allowedMethods(path: string): string | undefined {
  const methods = new Set<string>();
  for (const { pattern, method } of PATHS) if (pattern.test(path)) methods.add(method);
  if (methods.size === 0) return undefined;
  methods.add('OPTIONS');
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort().join(', ');
}
