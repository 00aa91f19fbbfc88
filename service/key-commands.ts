/**
 * Makes, lists, rotates and revokes API keys, wherever they are. A key that was made is the only line on stdout, so that
 * `KEY=$(npm run -s keys -- create …)` holds it; everything else that is said goes to stderr. Exit code 1: nothing was done, or
 * the sentence says otherwise; 2: the call was wrong.
 */
import { parseArgs } from 'node:util';
import type { ApiKey, FieldError, NewApiKey } from '@holdfast/api/types';
import { bodies } from '@holdfast/api/validators';
import { HoldfastError, ProblemError, Unreachable } from '../api/sdk/index.ts';
import { isTenant } from './core/entry-keys.ts';
import { LedgerUnavailable } from './core/ports.ts';
import { Refusal } from './core/refusal.ts';
import { checked } from './http/field-errors.ts';
import { refusalOf } from './http/problems.ts';
import { SCOPES } from './http/principal.ts';
import type { KeyPlace } from './key-place.ts';
import { NoKeyPlace } from './key-place.ts';
import { UnusableSettings } from './settings-reader.ts';

/** What differs with the place. */
export interface KeyCommands {
  /** As it is called. */
  readonly call: string;
  /** Options beside those of the commands. */
  readonly takes: readonly string[];
  /** Where the keys are, for whoever reads how it is called. */
  readonly about: string;
  /** Throws NoKeyPlace and what `sentences` names. */
  readonly open: (tenant: string, given: Given) => Promise<KeyPlace>;
  /** Errors whose message is for whoever called. */
  readonly sentences: readonly (new (message: string) => Error)[];
}

const usageOf = ({
  call,
  about,
}: KeyCommands): string => `${call} create --tenant <tenant> --name <name> --scopes <scope,…> [--expires <time>]
${call} list --tenant <tenant>
${call} rotate --tenant <tenant> --id <keyId> [--grace-seconds <seconds>]
${call} revoke --tenant <tenant> --id <keyId>
Scopes: ${SCOPES.join(', ')}. A time is like 2027-01-01T00:00:00Z.
${about}`;

/** A sentence about how it was called. */
class WrongCall extends Error {
  override readonly name = 'WrongCall';
}

export type Given = Readonly<Record<string, string | undefined>>;

interface Command {
  readonly needs: readonly string[];
  readonly takes: readonly string[];
  /** Judges what was given before any place is opened. */
  readonly prepare: (given: Given) => (place: KeyPlace) => Promise<void>;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  create: {
    needs: ['tenant', 'name', 'scopes'],
    takes: ['expires'],
    prepare: ({ name, scopes = '', expires }) => {
      const listed = scopes.split(',').map((each) => each.trim());
      const expiry = expires === undefined ? {} : { expiresAt: expires };
      const wanted = checked(bodies.CreateKeyRequest, { name, scopes: listed, ...expiry });
      return async (place) => tellNewKey(await place.create(wanted), `was made ${place.where}`);
    },
  },
  list: {
    needs: ['tenant'],
    takes: [],
    prepare: () => async (place) => {
      const keys = await place.list();
      for (const key of keys) console.log(lineOf(key));
      console.error(`Keys ${place.where}: ${keys.length}.`);
    },
  },
  rotate: {
    needs: ['tenant', 'id'],
    takes: ['grace-seconds'],
    prepare: ({ id = '', 'grace-seconds': grace }) => {
      const graceSeconds = grace === undefined ? {} : { graceSeconds: /^\d+$/.test(grace) ? Number(grace) : grace };
      const wanted = checked(bodies.RotateKeyRequest, graceSeconds);
      return async (place) => {
        const key = await place.rotate(keyIdOf(id), wanted);
        const until = key.previousEndsAt === null ? 'has ended' : `works until ${key.previousEndsAt}`;
        tellNewKey(key, `has a new secret ${place.where}; the one before ${until}`);
      };
    },
  },
  revoke: {
    needs: ['tenant', 'id'],
    takes: [],
    prepare:
      ({ id = '' }) =>
      async (place) => {
        const { keyId, revokedAt } = await place.revoke(keyIdOf(id));
        console.error(`The key ${keyId} ${place.where} is revoked since ${revokedAt}. It opens nothing any more.`);
      },
  },
};

function keyIdOf(id: string): string {
  if (/^[a-z0-9]{12}$/.test(id)) return id;
  throw new Refusal('not-found', 'There is no key with this id.');
}

function tellNewKey({ key, keyId, scopes, expiresAt }: NewApiKey, what: string): void {
  console.log(key);
  const end = expiresAt === null ? 'no expiry' : `expires ${expiresAt}`;
  console.error(
    `The key ${keyId} ${what}: ${scopes.join(', ')}; ${end}. It is shown this once; only its hash is kept.`,
  );
}

const lineOf = ({ keyId, state, scopes, expiresAt, lastUsedAt, name }: ApiKey): string =>
  [keyId, state, scopes.join(','), `expires=${expiresAt ?? 'never'}`, `used=${lastUsedAt ?? 'never'}`, name].join('  ');

/** Throws WrongCall. */
function readCall(
  args: readonly string[],
  commands: KeyCommands,
): { readonly command: Command; readonly given: Given } {
  const [name = '', ...rest] = args;
  const usage = usageOf(commands);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new WrongCall(`Name what is to be done.\n${usage}`);
  const known = [...command.needs, ...command.takes, ...commands.takes];
  const options = Object.fromEntries(known.map((each) => [each, { type: 'string' as const }]));
  const given = parsed(rest, options, usage);
  const missing = command.needs.filter((each) => given[each] === undefined);
  if (missing.length > 0) throw new WrongCall(`Missing: ${missing.map((each) => `--${each}`).join(', ')}.\n${usage}`);
  if (!isTenant(given['tenant']!)) {
    throw new WrongCall('--tenant must be a-z, 0-9 and -, at most 63, with no - at either end.');
  }
  return { command, given };
}

function parsed(args: readonly string[], options: Record<string, { readonly type: 'string' }>, usage: string): Given {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new WrongCall(`${error.message}\n${usage}`, { cause: error });
  }
}

const OPTION_OF: Readonly<Record<string, string>> = {
  name: '--name',
  scopes: '--scopes',
  expiresAt: '--expires',
  graceSeconds: '--grace-seconds',
};

/** In the words of whoever called. */
function fieldSentence({ pointer, message }: FieldError): string {
  const field = pointer.split('/')[1] ?? '';
  const hint = field === 'scopes' ? ` Scopes are: ${SCOPES.join(', ')}.` : '';
  return `${OPTION_OF[field] ?? pointer}: ${message}.${hint}`;
}

/** What to say, and the exit code; undefined for a fault of ours. */
function ending(
  error: unknown,
  { call, sentences }: KeyCommands,
): { readonly sentence: string; readonly code: number } | undefined {
  if (error instanceof WrongCall) return { sentence: error.message, code: 2 };
  if (error instanceof ProblemError || error instanceof Refusal || error instanceof LedgerUnavailable) {
    const { errors } = error instanceof ProblemError ? error : refusalOf(error);
    if (errors.length > 0) return { sentence: errors.map(fieldSentence).join('\n'), code: 2 };
    return { sentence: error instanceof ProblemError ? error.detail : refusalOf(error).message, code: 1 };
  }
  if (error instanceof Unreachable) {
    return { sentence: `${error.message} Whether it was done shows: ${call} list`, code: 1 };
  }
  const isKnown = [UnusableSettings, NoKeyPlace, HoldfastError, ...sentences].some((each) => error instanceof each);
  return isKnown ? { sentence: (error as Error).message, code: 1 } : undefined;
}

/** In another folder than it was meant to, a key that is to be revoked would seem gone while it still opens the right one. */
const isNotFound = (error: unknown): boolean =>
  (error instanceof ProblemError || error instanceof Refusal) && error.code === 'not-found';

async function main(args: readonly string[], commands: KeyCommands): Promise<void> {
  const { command, given } = readCall(args, commands);
  const run = command.prepare(given);
  const tenant = given['tenant']!;
  const place = await commands.open(tenant, given);
  try {
    await run(place);
  } catch (error) {
    throw isNotFound(error)
      ? new NoKeyPlace(`There is no key with this id of tenant ${tenant} ${place.where}.`)
      : error;
  } finally {
    place.close();
  }
}

/** Answers the exit code. */
export async function runKeyCommands(args: readonly string[], commands: KeyCommands): Promise<number> {
  try {
    await main(args, commands);
    return 0;
  } catch (error) {
    const end = ending(error, commands);
    if (end === undefined) throw error;
    console.error(end.sentence);
    return end.code;
  }
}
