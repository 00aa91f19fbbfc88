/**
 * What is sent: URL, headers and bytes, made from the payload, the attempt and the secrets. Whatever the schema could not judge
 * is refused here, before anything is looked up. Again for another attempt: the same but for the time of the signature.
 */
import type { HandlerInput } from '@holdfast/api/handler';
import { TaskFailure } from '@holdfast/api/handler';
import type { HttpRequestPayload } from '@holdfast/api/types';
import manifest from '../../package.json' with { type: 'json' };
import type { AllowRule } from './allow-list.ts';
import { isListed } from './allow-list.ts';
import type { Secrets } from './secrets.ts';
import { signatureHeaders } from './signature.ts';

export interface Message {
  readonly method: string;
  readonly url: URL;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

export type Input = HandlerInput<HttpRequestPayload>;
type Headers = Record<string, string>;

const USER_AGENT = `Holdfast/${manifest.version}`;

/** They belong to the connection, or to how the answer is read. */
const NOT_FOR_TASKS: ReadonlySet<string> = new Set([
  ...['host', 'content-length', 'transfer-encoding', 'trailer', 'te', 'expect', 'accept-encoding'],
  ...['connection', 'keep-alive', 'upgrade', 'http2-settings', 'proxy-connection', 'proxy-authorization'],
]);
const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

export interface Means {
  readonly secrets: Secrets;
  readonly allow: readonly AllowRule[];
  /** The time that is signed, epoch milliseconds. */
  readonly atMs: number;
}

/** Throws TaskFailure of class VALIDATION. */
export function messageOf(input: Input, { secrets, allow, atMs }: Means): Message {
  const { payload, idempotencyKey, traceparent } = input;
  const { method = 'POST', sign } = payload;
  const url = urlOf(payload.url);
  const body = bodyOf(payload);
  const length = body?.length ?? (WITHOUT_BODY.has(method) ? undefined : 0);
  const unsigned = { id: idempotencyKey, atMs, body: body ?? Buffer.alloc(0) };
  const headers = {
    'user-agent': USER_AGENT,
    accept: '*/*',
    'idempotency-key': idempotencyKey,
    ...(traceparent !== undefined && { traceparent }),
    ...(body && { 'content-type': payload.text === undefined ? 'application/json' : 'text/plain; charset=utf-8' }),
    ...givenHeaders(payload, (name) => secretShown(name, url, { secrets, allow })),
    ...(sign && signatureHeaders(unsigned, { name: sign.secret, value: secrets.value(sign.secret, url) })),
    'accept-encoding': 'identity',
    host: url.host,
    ...(length !== undefined && { 'content-length': String(length) }),
  };
  return { method, url, headers, body };
}

const refused = (code: string, message: string): TaskFailure => new TaskFailure(message, { class: 'VALIDATION', code });

function urlOf(text: string): URL {
  if (!URL.canParse(text)) throw refused('url-refused', 'The url names no host that could be asked.');
  const url = new URL(text);
  const isPlain = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  if (!isPlain) throw refused('url-refused', 'The url must be http or https, without a user and a password.');
  return url;
}

/** In a header whoever carries plain http can read it; a secret that only signs never leaves. */
function secretShown(name: string, url: URL, { secrets, allow }: Omit<Means, 'atMs'>): string {
  const value = secrets.value(name, url);
  if (url.protocol === 'https:' || isListed(url, allow)) return value;
  const why = 'goes over https, or to hosts that EGRESS_ALLOW names';
  throw refused('secret-refused', `The secret ${name} ${why}: http shows it to everybody on the way.`);
}

function bodyOf(payload: HttpRequestPayload): Buffer | undefined {
  if (payload.text !== undefined) return Buffer.from(payload.text);
  return 'body' in payload ? Buffer.from(JSON.stringify(payload.body)) : undefined;
}

function givenHeaders({ headers = {}, sign }: HttpRequestPayload, secret: (name: string) => string): Headers {
  const given: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    const known = name.toLowerCase();
    if (NOT_FOR_TASKS.has(known)) throw refused('header-refused', `The header ${known} cannot be set by a task.`);
    if (sign && known.startsWith('webhook-')) {
      throw refused('header-refused', `The header ${known} belongs to the signature.`);
    }
    if (Object.hasOwn(given, known)) throw refused('header-refused', `The header ${known} is given twice.`);
    given[known] = typeof value === 'string' ? value : (value.prefix ?? '') + secret(value.secret);
  }
  return given;
}
