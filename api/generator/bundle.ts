// Compiles validators ahead of time into one ES module without imports, require or eval: ajv's standalone code, bundled.
import { _, Ajv2020, type CodeKeywordDefinition, type KeywordCxt, type KeywordErrorDefinition } from 'ajv/dist/2020.js';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import { nest, type Placed } from './declarations.ts';
import type { Schema } from './document.ts';
import { formats } from './formats.ts';

const standalone = standaloneModule.default; // CommonJS: the function sits one level deeper

export interface PlannedValidator extends Placed {
  readonly schema: Schema;
  /** How parameters are read before they are checked. Bodies are never changed. */
  readonly reading?: Reading;
  /** Report up to 20 faults, not only the first; for what people write. */
  readonly isThorough?: boolean;
}

export interface Reading {
  /** Parameters that arrive as text and are integers. */
  readonly integers: readonly string[];
  /** What an absent parameter is. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

export interface Plan {
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly leaves: readonly PlannedValidator[];
  /** Of properties called `constructor` or `toString`, which every object inherits, only an object's own count. */
  readonly ownProperties?: boolean;
}

/** `source`: what people edit instead of the result. */
export async function bundle(plan: Plan, source = 'api/openapi.yaml'): Promise<string> {
  const thorough = plan.leaves.filter((leaf) => leaf.isThorough);
  const modules = {
    'virtual:quick': compile(plan, false),
    'virtual:all': compile({ ...plan, leaves: thorough }, true),
  };
  const result = await build({
    stdin: { contents: entry(plan), loader: 'js', resolveDir: import.meta.dirname },
    absWorkingDir: import.meta.dirname, // else the comments in the output would depend on the caller's folder
    bundle: true,
    write: false,
    logLevel: 'silent', // the rejection says it all
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    banner: { js: `// Generated from ${source} by \`npm run generate\`; do not edit.` },
    plugins: [serve(modules)],
  });
  const text = result.outputFiles[0]!.text;
  if (/\brequire\(|\beval\(|new Function/.test(text))
    throw new Error('A validator needs code that is not in the bundle');
  return text;
}

function compile(plan: Plan, allErrors: boolean): string {
  const ajv = compilerOf(plan, allErrors);
  // A schema exported under two names would be compiled twice under one function name, hence one name per schema.
  const ids = new Set(plan.leaves.map(idOf));
  return asImports(standalone(ajv, Object.fromEntries([...ids].map((id) => [id, id]))));
}

/**
 * What a schema says of a value, at most one sentence; undefined when it is valid. Throws a sentence when the schema itself
 * cannot be compiled ahead of time.
 */
export function judgeOf(name: string, schema: Schema): (value: unknown) => string | undefined {
  const leaves = [{ path: ['schema', name], schema: refTo(name) }];
  const plan = { schemas: { [name]: schema }, leaves, ownProperties: true };
  for (const allErrors of [false, true]) compile(plan, allErrors);
  const ajv = compilerOf(plan, false);
  const validate = ajv.getSchema(name)!;
  return (value) => (validate(value) === true ? undefined : ajv.errorsText(validate.errors, { dataVar: '' }).trim());
}

export const refTo = (schema: string): Schema => ({ $ref: `#/components/schemas/${schema}` });

function compilerOf(plan: Plan, allErrors: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: true,
    strictTuples: true,
    strictRequired: false, // `not: { required: [...] }` names properties that its own level does not define
    allowUnionTypes: true,
    allErrors,
    ownProperties: plan.ownProperties === true,
    formats,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary(['example', 'x-judged-alone', 'x-grows']);
  nameExclusions(ajv);
  if (!allErrors) compareShortLists(ajv);
  for (const [name, schema] of Object.entries(plan.schemas)) ajv.addSchema(withOwnRefs(schema), name);
  for (const leaf of plan.leaves) if (!leaf.schema.$ref) ajv.addSchema(withOwnRefs(leaf.schema), idOf(leaf));
  return ajv;
}

/** `not: { required: [a, b] }` would only say "must NOT be valid"; people want to hear which fields exclude each other. */
function nameExclusions(ajv: Ajv2020): void {
  const not = ajv.getKeyword('not') as CodeKeywordDefinition;
  const message: KeywordErrorDefinition['message'] = ({ schema }) => {
    const names = (schema as Schema)['required'] as readonly string[] | undefined;
    return names ? `must not have ${names.join(' and ')} together` : 'must NOT be valid';
  };
  ajv.removeKeyword('not').addKeyword({ ...not, error: { message } });
}

/** Few scalars are compared pair by pair in half the time that ajv needs to hash them. Every list is bounded before. */
function compareShortLists(ajv: Ajv2020): void {
  const unique = ajv.getKeyword('uniqueItems') as CodeKeywordDefinition;
  const code = (context: KeywordCxt): void => {
    const { gen, data } = context;
    const { maxItems = Infinity, items } = context.parentSchema as { maxItems?: number; items?: Schema };
    if (maxItems > SHORT_LIST || !SCALARS.includes(items?.type as string)) {
      unique.code(context);
      return;
    }
    const isUnique = gen.let('unique', true);
    const [i, j] = [gen.let('i', _`${data}.length`), gen.let('j')];
    const pairs = gen.name('pairs');
    context.setParams({ i, j });
    const compare = () => gen.if(_`${data}[${i}] === ${data}[${j}]`, refuse);
    const refuse = () => {
      context.error();
      gen.assign(isUnique, false).break(pairs);
    };
    gen.label(pairs).for(_`; ${i}--;`, () => gen.for(_`${j} = ${i}; ${j}--;`, compare));
    context.ok(isUnique);
  };
  ajv.removeKeyword('uniqueItems').addKeyword({ ...unique, code });
}

const SHORT_LIST = 16;
const SCALARS = ['string', 'number', 'integer', 'boolean'];

/** The name of a leaf's function: of the schema it refers to, else its own. */
function idOf({ path, schema }: PlannedValidator): string {
  return schema.$ref ? schema.$ref.replace('#/components/schemas/', '') : path.join('_').replaceAll('-', '$');
}

function withOwnRefs(schema: Schema): Schema {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"')) as Schema;
}

/** ajv's "ESM" output still asks for its runtime by require; of that runtime only the length of a string is needed. */
function asImports(code: string): string {
  // Deep equality is quadratic over the items of an array: 60 000 of them would hold the server for seconds.
  if (code.includes('ajv/dist/runtime/equal')) {
    throw new Error('uniqueItems needs a scalar `type` inside items (beside a $ref, too); const and enum need scalars');
  }
  const length = /const (\w+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;/g;
  return code.replace(length, 'import { ucs2length as $1 } from "./runtime.js";');
}

function entry({ leaves }: Plan): string {
  const groups = Object.entries(nest(leaves, expression));
  return [
    "import * as quick from 'virtual:quick';",
    "import * as all from 'virtual:all';",
    "import { reading, thorough } from './runtime.js';",
    ...groups.map(([group, entries]) => `export const ${group} = ${literal(entries)};`),
  ].join('\n');
}

function expression(leaf: PlannedValidator): string {
  const own = `quick.${idOf(leaf)}`;
  if (leaf.reading) return `reading(${own}, ${JSON.stringify(leaf.reading)})`;
  return leaf.isThorough ? `thorough(${own}, all.${idOf(leaf)})` : own;
}

function literal(entries: Readonly<Record<string, string | Readonly<Record<string, string>>>>): string {
  const members = Object.entries(entries).map(([key, each]) => {
    return `'${key}': ${typeof each === 'string' ? each : literal(each)}`;
  });
  return `{ ${members.join(', ')} }`;
}

/** Modules that exist only in memory, beside the files of this folder. */
function serve(modules: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'modules-in-memory',
    setup(hooks) {
      hooks.onResolve({ filter: /^virtual:/ }, ({ path }) => ({ path, namespace: 'memory' }));
      hooks.onLoad({ filter: /.*/, namespace: 'memory' }, ({ path }) => ({
        contents: modules[path]!,
        loader: 'js',
        resolveDir: import.meta.dirname,
      }));
    },
  };
}
