// Everything in TASKS_DIR/.holdfast: the contract of that installation, what its server judges payloads by, and what its
// handlers import. A type that cannot be read becomes an entry with its fault and keeps no other type from working.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownSourcesHash, ownTypeNames } from '../own-types.mjs';
import type { FaultyType } from '../task-type.ts';
import { bundle, judgeOf } from './bundle.ts';
import { readContract } from './contract.ts';
import type { Contract } from './document.ts';
import { refuseSlowPatterns } from './patterns.ts';
import { entryOf, firstLine, readTaskType, schemaNames, shapesSource, type TaskType } from './task-types.ts';
import { schemaTypesSource } from './types.ts';
import { payloadLeaf } from './validators.ts';

const SOURCE = 'TASKS_DIR/*/schema.yaml and Holdfast';
const BANNER = `// Generated from ${SOURCE} by \`npm run generate\`; do not edit.\n`;

export interface OwnTypes {
  readonly types: readonly TaskType[];
  readonly faulty: readonly FaultyType[];
}

export interface OwnFiles {
  readonly files: Record<string, string>;
  readonly faulty: readonly FaultyType[];
}

export interface OwnOptions {
  readonly root: string;
  readonly tasksDir: string;
  readonly builtIn: readonly TaskType[];
}

export async function ownFiles({ root, tasksDir, builtIn }: OwnOptions): Promise<OwnFiles> {
  const path = join(root, 'api', 'openapi.yaml');
  const { types, faulty } = await readOwnTypes(tasksDir, readContract(path, builtIn), builtIn);
  const contract = readContract(path, [...builtIn, ...types]);
  const files = {
    'openapi.json': `${JSON.stringify(contract, null, 2)}\n`,
    'types.json': `${JSON.stringify({ types: types.map(entryOf), faulty }, null, 2)}\n`,
    'validators.mjs': await validatorsSource(types),
    'types.ts': BANNER + (await typesSource(contract, types)),
    'handler.ts': BANNER + handlerSource(readFileSync(join(root, 'api', 'handler.ts'), 'utf8')),
    'tsconfig.json': `${JSON.stringify(TSCONFIG, null, 2)}\n`,
    'sources.sha256': `${ownSourcesHash({ tasksDir, root })}\n`,
  };
  return { files, faulty };
}

async function readOwnTypes(tasksDir: string, contract: Contract, builtIn: readonly TaskType[]): Promise<OwnTypes> {
  const taken = new Set(Object.keys(contract.components.schemas));
  const types: TaskType[] = [];
  const faulty: FaultyType[] = [];
  for (const name of ownTypeNames(tasksDir)) {
    try {
      if (builtIn.some(({ type }) => type === name)) {
        throw new Error(`${name} is the name of a built-in type: rename the folder. Until then neither of them runs`);
      }
      const type = await judgedType(join(tasksDir, name), taken);
      types.push(type);
      for (const schema of [type.payloadSchema, type.resultSchema]) taken.add(schema);
    } catch (fault) {
      faulty.push({ type: name, problem: `${firstLine(fault)}.` });
    }
  }
  return { types, faulty };
}

/** A type whose schemas compile and whose examples fit them. Throws a sentence. */
async function judgedType(folder: string, taken: ReadonlySet<string>): Promise<TaskType> {
  const read = readTaskType(folder);
  const type = { ...read, ...schemaNames(read.type, taken) };
  const { payload, result, payloadSchema, resultSchema, examples } = type;
  const at = (place: string): string => `${type.type}/schema.yaml: ${place}`;
  const judges = {
    payload: said(at('payload'), () => judgeOf(payloadSchema, payload)),
    result: said(at('result'), () => judgeOf(resultSchema, result)),
  };
  refuseSlowPatterns(payload, at('payload'));
  refuseSlowPatterns(result, at('result'));
  for (const [index, example] of examples.entries()) {
    for (const place of ['payload', 'result'] as const) {
      const wrong = place in example ? judges[place](example[place]) : undefined;
      if (wrong !== undefined) throw new Error(at(`examples[${index}].${place} does not fit its schema: ${wrong}`));
    }
  }
  await schemaTypesSource({ [payloadSchema]: payload, [resultSchema]: result });
  return type;
}

/** Names the place of whatever is wrong. */
function said<T>(place: string, attempt: () => T): T {
  try {
    return attempt();
  } catch (fault) {
    throw new Error(`${place}: ${firstLine(fault)}`, { cause: fault });
  }
}

const schemasOf = (types: readonly TaskType[]) =>
  Object.fromEntries(
    types.flatMap(({ payload, result, payloadSchema, resultSchema }) => [
      [payloadSchema, payload],
      [resultSchema, result],
    ]),
  );

function validatorsSource(types: readonly TaskType[]): Promise<string> | string {
  if (types.length === 0) return `${BANNER}export const payloads = {};\n`;
  return bundle({ schemas: schemasOf(types), leaves: types.map(payloadLeaf), ownProperties: true }, SOURCE);
}

async function typesSource({ components }: Contract, types: readonly TaskType[]): Promise<string> {
  const schemas = { FailureClass: components.schemas['FailureClass']!, ...schemasOf(types) };
  const shapes = `/** Payload and result of every type in this folder. */\nexport interface TaskTypes {\n${shapesSource(types)}\n}\n`;
  return `${await schemaTypesSource(schemas)}\n${shapes}`;
}

/** The contract of handlers, standing alone, with the handler of each own type by its name. */
const handlerSource = (text: string): string => `${text
  .replaceAll('\r\n', '\n')
  .replace(
    "import type { FailureClass } from './generated/types.ts';",
    "import type { FailureClass, TaskTypes } from './types.ts';",
  )}
/** The \`run\` of one of your types: \`export const run: HandlerOf<'send-mail'> = async ({ payload }) => …\`. */
export type HandlerOf<Type extends keyof TaskTypes> = Handler<TaskTypes[Type]['payload'], TaskTypes[Type]['result']>;
`;

/** To be extended, or used as it is: `tsc -p .holdfast`. DOM has what Node has too: fetch, timers, AbortSignal. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'dom', 'dom.iterable'],
    module: 'preserve',
    moduleResolution: 'bundler',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  },
  include: ['../*/*.ts'],
};
