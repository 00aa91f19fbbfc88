/** Commands for whoever reads them in a terminal: as they are called where this code runs, with words that a shell takes as they are. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** How keys are made beside this server: a build has a file of its own for it. */
export function keysCommand(): string {
  const built = join(import.meta.dirname, '..', 'keys.js');
  return existsSync(built) ? `node ${inShell(built)}` : 'npm run keys --';
}

export const inShell = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
