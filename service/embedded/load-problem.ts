/** Why a handler cannot be loaded, for whoever writes it: file and line as seen from the folder of the types, no other path. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportedError } from '../core/report.ts';

const MAX_CHARS = 500;
/** What is left of a path that is none of the author's business: its last name. */
const FOREIGN = /(^|[\s'"`(=])(?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])(?:[^\s'"`():]*[\\/])([^\s'"`():\\/]+)/g;

/** `folder` is the type's. One sentence or two, without line breaks. */
export function loadProblem(error: unknown, folder: string): string {
  const types = realFolder(dirname(folder));
  const { name, message } = reportedError(error);
  const isPlain = name === 'Error' || message.startsWith('policy');
  const said = relative(isPlain ? message : `${name}: ${message}`, types).replaceAll(/\s+/g, ' ');
  const place = placeOf(error, types);
  const text = place === undefined || said.includes(place) ? said : `${place}: ${said}`;
  const cut = text.slice(0, MAX_CHARS).toWellFormed().trim();
  return /[.!?]$/.test(cut) ? cut : `${cut}.`;
}

/** Modules are named by their real path. A folder that is gone has none. */
function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

function relative(text: string, types: string): string {
  const own = text.replaceAll(`${pathToFileURL(types).href}/`, '').replaceAll(`${types}/`, '');
  return own.replace(FOREIGN, '$1$2');
}

/** `send-mail/handler.ts:3`: the first line below the folder of the types that the stack names. */
function placeOf(error: unknown, types: string): string | undefined {
  const stack = error instanceof Error ? String(error.stack) : '';
  const prefixes = [`${pathToFileURL(types).href}/`, `${types}/`];
  for (const line of stack.split('\n')) {
    for (const prefix of prefixes.filter((each) => line.includes(each))) {
      const [place] = /^[^\s()]+?:\d+/.exec(line.slice(line.indexOf(prefix) + prefix.length)) ?? [];
      if (place !== undefined) return place;
    }
  }
  return undefined;
}
