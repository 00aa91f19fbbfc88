/**
 * What the dashboard does, as commands to copy: for a POSIX shell, and for a program with the SDK. Where a key is asked for they
 * read it from the environment: what is copied is pasted into letters and logs.
 */
import type { FaultSettings } from '@holdfast/api/types';

export interface Api {
  readonly url: string;
  readonly asksForKey: boolean;
}

export interface Submission {
  readonly type: string;
  readonly payload: unknown;
  readonly taskId?: string | undefined;
  readonly runAt?: string | undefined;
  readonly delaySeconds?: number | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** Between single quotes a shell reads nothing but the next quote. */
export const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** What a terminal would obey or hide, by its number: pasting must not do what cannot be seen. */
const UNSEEN =
  /[\u007f-\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|\p{Cf}|\p{Default_Ignorable_Code_Point}/gu;

const escapedUnits = (char: string): string =>
  Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');

/** The same JSON, with nothing in it that is not seen. */
export const seen = (json: string): string => json.replace(UNSEEN, escapedUnits);

export const jsonOf = (value: unknown): string => seen(JSON.stringify(value));

const KEY_HEADER = '-H "Authorization: Bearer $HOLDFAST_API_KEY"';

interface Request {
  readonly method: 'POST' | 'PUT';
  readonly path: string;
  readonly body: unknown;
  readonly headers?: readonly string[];
}

function curl({ url, asksForKey }: Api, { method, path, body, headers = [] }: Request): string {
  const all = ['content-type: application/json', ...headers].map((header) => `-H ${quoted(header)}`);
  if (asksForKey) all.push(KEY_HEADER);
  return `curl -i -X ${method} ${quoted(url + path)} ${all.join(' ')} --data-raw ${quoted(jsonOf(body))}`;
}

/** Fields without a value are left out, and so are tags when there are none. */
const bodyOf = ({ tags = [], ...rest }: Submission) => ({ ...rest, ...(tags.length > 0 && { tags }) });

export const curlOfSubmit = (api: Api, submission: Submission): string =>
  curl(api, { method: 'POST', path: '/tasks', body: bodyOf(submission) });

export const curlOfFaults = (api: Api, settings: FaultSettings): string =>
  curl(api, { method: 'PUT', path: '/faults', body: settings });

export interface Asked {
  readonly taskId: string;
  readonly move: 'cancel' | 'redrive' | 'discard';
  readonly reason?: string | undefined;
  readonly payload?: unknown;
  readonly ifVersion?: number | undefined;
}

export function curlOfMove(api: Api, { taskId, move, reason, payload, ifVersion }: Asked): string {
  const headers = ifVersion === undefined ? [] : [`If-Match: "${ifVersion}"`];
  const body = { reason: reason === '' ? undefined : reason, payload };
  return curl(api, { method: 'POST', path: `/tasks/${taskId}/${move}`, body, headers });
}

export function codeOfSubmit({ url, asksForKey }: Api, submission: Submission): string {
  const { type, payload, ...options } = bodyOf(submission);
  const given = Object.values(options).some((value) => value !== undefined) ? `, ${jsonOf(options)}` : '';
  return [
    `import { createHoldfast } from '@holdfast/sdk';`,
    '',
    `const holdfast = createHoldfast({ baseUrl: ${jsonOf(url)}${asksForKey ? ', token: process.env.HOLDFAST_API_KEY' : ''} });`,
    `const task = await holdfast.submit(${jsonOf(type)}, ${jsonOf(payload)}${given});`,
    'console.log(await holdfast.result(task));',
    '',
  ].join('\n');
}
