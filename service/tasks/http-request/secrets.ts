/**
 * Secrets by reference: a task names one, and only the worker that sends the request knows its value. In come the variables
 * SECRET_<NAME> of the environment, and SECRET_<NAME>_HOSTS, which says for whom it is; out come values, and texts in which
 * every one of them is masked.
 */
import { TaskFailure } from '@holdfast/api/handler';
import type { AllowRule } from './allow-list.ts';
import { isListed, readAllowList } from './allow-list.ts';
import { LONGEST_ESCAPE_BYTES, maskOf } from './masking.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLE = /^SECRET_([A-Z][A-Z0-9_]{0,63})$/;
const HOSTS = /_HOSTS$/;
/** Shorter ones cannot be masked: they would stand in half of all texts. A header holds no other characters. */
const USABLE = /^[\t -~]{8,4096}$/;

/** No form of a secret is longer: 4 096 characters, each of them escaped. */
export const LONGEST_SECRET_BYTES = 4 * 1024 * LONGEST_ESCAPE_BYTES;

const namesIn = (environment: Environment): string[] =>
  Object.keys(environment).flatMap((variable) => VARIABLE.exec(variable)?.[1] ?? []);

/** Of the secrets that tasks may name, in order. */
export const secretNames = (environment: Environment): string[] =>
  namesIn(environment)
    .filter((name) => !HOSTS.test(name) && environment[`SECRET_${name}`])
    .sort();

/** What is wrong with their lists of hosts, one sentence each. */
export function secretProblems(environment: Environment): string[] {
  const lists = namesIn(environment).filter((name) => HOSTS.test(name));
  return lists.flatMap((name) => {
    const [variable, secret] = [`SECRET_${name}`, `SECRET_${name.replace(HOSTS, '')}`];
    const { rules, problems } = readAllowList(environment[variable], variable);
    if (!environment[secret]) {
      return environment[variable] ? [...problems, `${variable} is of no use: ${secret} is not set.`] : [];
    }
    if (rules.length > 0 || problems.length > 0) return problems;
    return [`${variable} names no host: leave it out, and the secret is for all of them.`];
  });
}

interface Secret {
  readonly value: string;
  /** Undefined: for every host. */
  readonly hosts: readonly AllowRule[] | undefined;
}

function secretOf(environment: Environment, name: string): Secret {
  const hosts = environment[`SECRET_${name}_HOSTS`];
  // An empty list is nobody: it comes of a variable that was to be filled in.
  return { value: environment[`SECRET_${name}`]!, hosts: hosts === undefined ? undefined : readAllowList(hosts).rules };
}

const refused = (code: string, message: string): TaskFailure => new TaskFailure(message, { class: 'VALIDATION', code });

export class Secrets {
  readonly #secrets: ReadonlyMap<string, Secret>;
  /** The text with every secret in it masked. */
  readonly masked: (text: string) => string;

  constructor(environment: Environment) {
    this.#secrets = new Map(secretNames(environment).map((name) => [name, secretOf(environment, name)]));
    const values = Array.from(this.#secrets.values(), ({ value }) => value);
    this.masked = maskOf(values.filter((value) => USABLE.test(value)));
  }

  /** To be sent to this URL. Throws TaskFailure `unknown-secret`, `secret-unusable` or `secret-refused`. */
  value(name: string, url: URL): string {
    const secret = this.#secrets.get(name);
    if (secret === undefined) {
      throw refused('unknown-secret', `There is no secret ${name}: the server's environment has no SECRET_${name}.`);
    }
    if (!USABLE.test(secret.value)) throw unusable(name, 'it must be 8 to 4096 printable ASCII characters');
    if (secret.hosts === undefined || isListed(url, secret.hosts)) return secret.value;
    throw refused(
      'secret-refused',
      `The secret ${name} is not for ${url.host}: SECRET_${name}_HOSTS does not name it.`,
    );
  }
}

export const unusable = (name: string, why: string): TaskFailure =>
  refused('secret-unusable', `SECRET_${name} cannot be used: ${why}.`);
