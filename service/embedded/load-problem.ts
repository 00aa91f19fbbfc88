/** Why a handler cannot be loaded, for whoever writes it: file and line as seen from the folder of the types, no other path. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportedError } from '../handling/report.ts';

const MAX_CHARS = 500;
/** A path elsewhere. What is left of it are its last names: enough to recognise it, and not whose machine this is. */
const FOREIGN = /(^|[\s'"`(=])(?:file:\/\/)?((?:\/|[A-Za-z]:[\\/])[^\s'"`():]*[\\/][^\s'"`():\\/]+)/g;
const NAMES_LEFT = 2;

/** `folder` is the type's. One sentence or two, without line breaks. */
export function loadProblem(error: unknown, folder: string): string {
  const types = realFolder(dirname(folder));
  const home = realFolder(folder);
  const { name, message } = reportedError(error);
  const isPlain = name === 'Error' || message.startsWith('policy');
  const isLink = home !== join(types, basename(folder));
  const seen = (text: string): string => (isLink ? text.replaceAll(`${home}/`, `${types}/${basename(folder)}/`) : text);
  const said = relative(seen(isPlain ? message : `${name}: ${message}`), types).replaceAll(/\s+/g, ' ');
  const place = placeOf(seen(error instanceof Error ? String(error.stack) : ''), types);
  const text = place === undefined || said.includes(place) ? said : `${place}: ${said}`;
  const cut = text.slice(0, MAX_CHARS).toWellFormed().trim();
  const sentence = /[.!?]$/.test(cut) ? cut : `${cut}.`;
  if (!isLink || !message.startsWith('Cannot find')) return sentence;
  return `${sentence} ${basename(folder)} is a link: its imports are resolved from where it points.`;
}

/** Modules are named by their real path. A folder that is gone has none. */
function realFolder(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

function relative(text: string, types: string): string {
  const own = text.replaceAll(`${pathToFileURL(types).href}/`, '').replaceAll(`${types}/`, '');
  return own.replace(FOREIGN, (_, before: string, path: string) => before + lastNames(path));
}

const lastNames = (path: string): string => path.split(/[\\/]/).slice(-NAMES_LEFT).join('/');

/** `send-mail/handler.ts:3`: the first line below the folder of the types that the stack names. */
function placeOf(stack: string, types: string): string | undefined {
  const prefixes = [`${pathToFileURL(types).href}/`, `${types}/`];
  for (const line of stack.split('\n')) {
    for (const prefix of prefixes.filter((each) => line.includes(each))) {
      const [place] = /^[^\s()]+?:\d+/.exec(line.slice(line.indexOf(prefix) + prefix.length)) ?? [];
      if (place !== undefined) return place;
    }
  }
  return undefined;
}
