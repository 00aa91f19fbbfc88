/** Every curl command of the README that speaks to a server, in order, as the request it makes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CurlRequest {
  /** Below the URL of the server. */
  readonly path: string;
  readonly init: RequestInit;
}

const SERVER = 'localhost:4000';

export function readmeCurls(): CurlRequest[] {
  const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
  const shell = [...readme.matchAll(/```sh\n([^`]*)```/g)].map(([, text]) => text!.replaceAll('\\\n', ' ')).join('');
  return shell
    .split('\n')
    .filter((line) => line.startsWith('curl '))
    .map(requestOf);
}

function requestOf(line: string): CurlRequest {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
  const after = (flag: string) => words.flatMap((word, i) => (word === flag ? [words[i + 1]!] : []));
  const [body] = after('-d');
  const headers = Object.fromEntries(after('-H').map((header) => header.split(': ') as [string, string]));
  const method = after('-X')[0] ?? (body === undefined ? 'GET' : 'POST');
  const url = words.find((word) => word.startsWith(SERVER))!;
  return { path: url.replace(SERVER, ''), init: { method, headers, ...(body !== undefined && { body }) } };
}
