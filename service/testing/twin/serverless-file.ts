/**
 * serverless.yml as plain values: the variables of the Serverless Framework are replaced, what CloudFormation replaces stays
 * ({ Ref }, { 'Fn::GetAtt' }, …). A variable that nobody here knows is a fault: the twin would run something else.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { YAMLSeq } from 'yaml';
import { parse } from 'yaml';

export type Values = Readonly<Record<string, unknown>>;

export interface FileOptions {
  readonly file: string;
  readonly stage: string;
  readonly region: string;
  readonly account: string;
  /** What `${env:…}` means. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const SCALAR_TAGS = ['Ref', 'GetAtt', 'Sub', 'ImportValue'];
const LIST_TAGS = ['GetAtt', 'Sub', 'Join', 'If', 'Equals', 'Not', 'And', 'Or', 'Select', 'Split'];
const named = (name: string): string => (name === 'Ref' ? name : `Fn::${name}`);

const CUSTOM_TAGS = [
  ...SCALAR_TAGS.map((name) => ({
    tag: `!${name}`,
    resolve: (text: string) => ({ [named(name)]: name === 'GetAtt' ? text.split('.') : text }),
  })),
  ...LIST_TAGS.map((name) => ({
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (list: unknown) => ({ [named(name)]: (list as YAMLSeq).toJSON() }),
  })),
];

/** Why no twin can be made of a file, in words for whoever named it. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile';
}

function read(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { customTags: CUSTOM_TAGS, merge: true });
  } catch (error) {
    throw new UnusableFile(`${file} cannot be read as YAML: ${(error as Error).message}`);
  }
}

/** The innermost variable of a text. `${WebsocketsApi}` and `${AWS::Region}` belong to CloudFormation. */
const VARIABLE = /\$\{((?!AWS::)(?:[A-Za-z]+(?:\([^()]*\))?:|file\(|strToBool\()[^${}]*)\}/;

/** Throws UnusableFile. */
export function readServerless(options: FileOptions): Values {
  const root = read(options.file) as Partial<Values> | null | undefined;
  if (!root?.['functions']) throw new UnusableFile(`${options.file} declares no functions.`);
  const variables = new Variables(root, options);
  return variables.resolve(root) as Values;
}

class Variables {
  readonly #root: Values;
  readonly #options: FileOptions;

  constructor(root: Values, options: FileOptions) {
    this.#root = root;
    this.#options = options;
  }

  resolve(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return value.map((each) => this.resolve(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [this.#text(key), this.resolve(each)]));
  }

  #text(text: string): unknown {
    const found = VARIABLE.exec(text);
    if (found === null) return text;
    const value = this.#firstOf(found[1]!, text);
    if (found[0] === text) return value;
    return this.#text(text.replace(found[0], () => String(value)));
  }

  /** `a, b`: the first that is. */
  #firstOf(variable: string, within: string): unknown {
    for (const each of partsOf(variable)) {
      const value = this.#valueOf(each);
      if (value !== undefined && value !== null) return this.resolve(value);
    }
    throw new UnusableFile(`The twin cannot tell what \${${variable}} is, in: ${within}`);
  }

  #valueOf(variable: string): unknown {
    const literal = /^'(.*)'$|^"(.*)"$|^(true|false|null|[0-9.]+)$/.exec(variable);
    if (literal !== null) return literal[3] === undefined ? (literal[1] ?? literal[2]) : (parse(literal[3]) as unknown);
    const call = /^(file|strToBool)\(([^()]*)\)(?::(.+))?$/.exec(variable);
    if (call?.[1] === 'strToBool') return ['true', '1'].includes(call[2]!.trim().toLowerCase());
    if (call?.[1] === 'file') return this.#file(call[2]!.trim(), call[3]);
    const [, source, name] = /^(\w+):(.+)$/.exec(variable) ?? [];
    return source === undefined ? undefined : this.#named(source, name!);
  }

  #file(name: string, path: string | undefined): unknown {
    const file = join(dirname(this.#options.file), name);
    return existsSync(file) ? at(read(file), path) : undefined;
  }

  #named(source: string, name: string): unknown {
    const { stage, region, account, environment } = this.#options;
    const given: Record<string, Values> = {
      opt: { stage, region },
      sls: { stage, instanceId: 'twin' },
      aws: { region, accountId: account, partition: 'aws' },
      env: environment,
    };
    if (source === 'self') return at(this.#root, name);
    if (source === 'param')
      return at(this.#root, `params.${stage}.${name}`) ?? at(this.#root, `params.default.${name}`);
    return given[source]?.[name];
  }
}

/** Split at the commas that stand in no quotes and no parentheses. */
const partsOf = (variable: string): string[] =>
  (variable.match(/(?:'[^']*'|"[^"]*"|\([^()]*\)|[^,])+/g) ?? []).map((each) => each.trim());

function at(value: unknown, path: string | undefined): unknown {
  if (path === undefined) return value;
  return path.split('.').reduce<unknown>((each, key) => (each as Values | undefined)?.[key], value);
}
