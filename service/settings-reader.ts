/** Reads settings from texts of the environment: a value, or its default and a sentence for what is wrong with it. */
import { resolve } from 'node:path';
import { isFolder } from '@holdfast/api/own-types';
import { readAllowList } from './tasks/http-request/allow-list.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** All that is wrong, one sentence each. */
export class UnusableSettings extends Error {
  override readonly name = 'UnusableSettings';
}

const TYPE_NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** Exactly as a browser sends it: no path, no default port, no upper case. */
const isOrigin = (text: string): boolean =>
  /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;

interface Production {
  readonly isProduction: boolean;
  /** By which setting it is. */
  readonly where: string;
}

interface Range {
  readonly standard: number;
  readonly from: number;
  readonly to: number;
}

/** Reads on after a problem, with the default in its place. */
export class Reader {
  readonly problems: string[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  get names(): readonly string[] {
    return Object.keys(this.#environment);
  }

  /** An empty value is an absent one. */
  text(name: string): string | undefined {
    return this.#environment[name]?.trim() || undefined;
  }

  whole(name: string, { standard, from, to }: Range): number {
    const text = this.text(name);
    if (text === undefined) return standard;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    if (value >= from && value <= to) return value;
    this.problems.push(`${name} must be a whole number from ${from} to ${to}.`);
    return standard;
  }

  port(name: string): number {
    return this.whole(name, { standard: 4000, from: 0, to: 65_535 });
  }

  /** Made when it is used, if need be. */
  dataDir(name: string): string {
    return resolve(this.text(name) ?? './data');
  }

  /** The first is the default. */
  oneOf<T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
    const text = this.text(name) ?? allowed[0];
    const found = allowed.find((each) => each === text);
    if (found === undefined) this.problems.push(`${name} must be one of: ${allowed.join(', ')}.`);
    return found ?? allowed[0];
  }

  /** Of what is never allowed in production: `1`, or nothing. */
  permission(name: string, { isProduction, where }: Production): boolean {
    const text = this.text(name);
    if (text === undefined) return false;
    if (text !== '1') this.problems.push(`${name} must be 1, or not be set at all.`);
    else if (isProduction) this.problems.push(`${name} must not be set ${where}: nothing is broken on purpose there.`);
    return text === '1';
  }

  /** One that exists. */
  folder(name: string): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const path = resolve(text);
    if (!isFolder(path)) {
      this.problems.push(`${name} must be a folder that exists; ${path} is none.`);
    }
    return path;
  }

  origins(name: string): string[] {
    const origins = (this.text(name) ?? '').split(',').flatMap((part) => part.trim() || []);
    for (const origin of new Set(origins)) {
      if (origin === '*') this.problems.push(`${name} must name each origin: * would let every web site ask.`);
      else if (!isOrigin(origin)) {
        const shown = 'a scheme, a host and at most a port, such as https://app.example.com';
        this.problems.push(`${name} must list origins as browsers write them, in lower case: ${shown}.`);
      }
    }
    return origins;
  }

  egress(name: string): string | undefined {
    const text = this.text(name);
    this.problems.push(...readAllowList(text).problems);
    return text;
  }

  /** Set but empty it means: none. */
  typeName(name: string, standard?: string): string | undefined {
    const type = this.#environment[name]?.trim() ?? standard;
    if (type === undefined || type === '') return undefined;
    if (!TYPE_NAME.test(type)) this.problems.push(`${name} must be the name of a task type: a-z, 0-9 and -.`);
    return type;
  }
}
