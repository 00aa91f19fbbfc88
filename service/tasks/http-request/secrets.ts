/**
 * Secrets by reference: a task names one, and only the worker that sends the request knows its value. In come the variables
 * SECRET_<NAME> of the environment, with SECRET_<NAME>_TENANTS, whose tasks may use it, and SECRET_<NAME>_HOSTS, to whom it
 * may be sent; out come values, and texts in which every one of them is masked. To all other tenants it does not exist.
 */
import { TaskFailure } from '@holdfast/api/handler';
import type { AllowRule } from './allow-list.ts';
import { isListed, readAllowList } from './allow-list.ts';
import { LONGEST_ESCAPE_BYTES, maskOf } from './masking.ts';

type Environment = Readonly<Record<string, string | undefined>>;

const VARIABLE = /^SECRET_([A-Z][A-Z0-9_]{0,63})$/;
/** What says for whom a secret is, and is none itself. */
const LIST = /_(?:HOSTS|TENANTS)$/;
const EVERY_TENANT = '*';
/** Of a server that asks nobody who he is: where no list says otherwise, a secret is its owner's. */
const OWNER = 'local';
/** Shorter ones cannot be masked: they would stand in half of all texts. A header holds no other characters. */
const USABLE = /^[\t -~]{8,4096}$/;

/** No form of a secret is longer: 4 096 characters, each of them escaped. */
export const LONGEST_SECRET_BYTES = 4 * 1024 * LONGEST_ESCAPE_BYTES;

const namesIn = (environment: Environment): string[] =>
  Object.keys(environment).flatMap((variable) => VARIABLE.exec(variable)?.[1] ?? []);

/** Of the secrets that tasks may name, in order. */
export const secretNames = (environment: Environment): string[] =>
  namesIn(environment)
    .filter((name) => !LIST.test(name) && environment[`SECRET_${name}`])
    .sort();

const partsOf = (list: string): string[] => list.split(',').flatMap((part) => part.trim() || []);

export interface Tenancy {
  /** Then every secret says whose it is: there is no owner whose it could be. */
  readonly isIdentityRequired: boolean;
  readonly isTenant: (text: string) => boolean;
}

/** What is wrong with their lists, one sentence each. */
export function secretProblems(environment: Environment, tenancy: Tenancy): string[] {
  const secrets = secretNames(environment);
  const useless = namesIn(environment).flatMap((name) => {
    const secret = name.replace(LIST, '');
    if (!LIST.test(name) || !environment[`SECRET_${name}`] || secrets.includes(secret)) return [];
    return [`SECRET_${name} is of no use: SECRET_${secret} is not set.`];
  });
  const wrong = secrets.flatMap((name) => [
    ...hostProblems(environment, `SECRET_${name}_HOSTS`),
    ...tenantProblems(environment, name, tenancy),
  ]);
  return [...wrong, ...useless];
}

function hostProblems(environment: Environment, variable: string): readonly string[] {
  if (environment[variable] === undefined) return [];
  const { rules, problems } = readAllowList(environment[variable], variable);
  if (rules.length > 0 || problems.length > 0) return problems;
  return [`${variable} names no host: leave it out, and the secret is for all of them.`];
}

function tenantProblems(environment: Environment, name: string, { isIdentityRequired, isTenant }: Tenancy): string[] {
  const variable = `SECRET_${name}_TENANTS`;
  const tenants = partsOf(environment[variable] ?? '');
  if (tenants.length === 0 && isIdentityRequired) {
    const meaning = `the tenants whose tasks may use SECRET_${name}, separated by commas, or * for all of them`;
    return [`${variable} must be set where IDENTITY is required: ${meaning}.`];
  }
  if (tenants.length === 0 && environment[variable] !== undefined) {
    return [`${variable} names no tenant: leave it out, and the secret is for the tenant ${OWNER} alone.`];
  }
  if (tenants.join() === EVERY_TENANT) return [];
  const strange = tenants.filter((tenant) => !isTenant(tenant));
  return strange.map((each) => `${variable} must list names of tenants, or be * for all of them; ${each} is none.`);
}

interface Secret {
  readonly value: string;
  /** Undefined: for every host. */
  readonly hosts: readonly AllowRule[] | undefined;
  readonly isOf: (tenant: string) => boolean;
}

function secretOf(environment: Environment, name: string): Secret {
  const hosts = environment[`SECRET_${name}_HOSTS`];
  const tenants = partsOf(environment[`SECRET_${name}_TENANTS`] ?? OWNER);
  // An empty list is nobody: it comes of a variable that was to be filled in.
  return {
    value: environment[`SECRET_${name}`]!,
    hosts: hosts === undefined ? undefined : readAllowList(hosts).rules,
    isOf: tenants.join() === EVERY_TENANT ? () => true : (tenant) => tenants.includes(tenant),
  };
}

const refused = (code: string, message: string): TaskFailure => new TaskFailure(message, { class: 'VALIDATION', code });

/** Those that the tasks of one tenant may name: there are no others to it. */
export class Secrets {
  readonly #secrets: ReadonlyMap<string, Secret>;
  /** The text with every secret in it masked; others are left in it, or whoever guesses them would see that they exist. */
  readonly masked: (text: string) => string;

  constructor(secrets: ReadonlyMap<string, Secret>) {
    this.#secrets = secrets;
    const values = Array.from(secrets.values(), ({ value }) => value);
    this.masked = maskOf(values.filter((value) => USABLE.test(value)));
  }

  /** To be sent to this URL. Throws TaskFailure `unknown-secret`, `secret-unusable` or `secret-refused`. */
  value(name: string, url: URL): string {
    const secret = this.#secrets.get(name);
    if (secret === undefined) throw refused('unknown-secret', `There is no secret ${name} for this tenant.`);
    if (!USABLE.test(secret.value)) throw unusable(name, 'it must be 8 to 4096 printable ASCII characters');
    if (secret.hosts === undefined || isListed(url, secret.hosts)) return secret.value;
    throw refused(
      'secret-refused',
      `The secret ${name} is not for ${url.host}: SECRET_${name}_HOSTS does not name it.`,
    );
  }
}

/** Of each tenant. */
export type SecretsOf = (tenant: string) => Secrets;

export function secretsIn(environment: Environment): SecretsOf {
  const all = secretNames(environment).map((name) => [name, secretOf(environment, name)] as const);
  // One for all tenants that have the same: thousands of them may have none.
  const known = new Map<string, Secrets>();
  return (tenant) => {
    const own = all.filter(([, { isOf }]) => isOf(tenant));
    const names = own.map(([name]) => name).join();
    const secrets = known.get(names) ?? new Secrets(new Map(own));
    known.set(names, secrets);
    return secrets;
  };
}

export const unusable = (name: string, why: string): TaskFailure =>
  refused('secret-unusable', `SECRET_${name} cannot be used: ${why}.`);
