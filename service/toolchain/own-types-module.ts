/**
 * With a TASKS_DIR, `npm run package` bundles the functions with the user's own types: out comes the module that stands for
 * #own-types, with what was generated for that folder, and its handlers. A handler that cannot be bundled fails the packaging
 * with file and line: unlike one machine, a deployed function would have no second chance to load it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generatedFolder, HANDLER_FILES } from '@holdfast/api/own-types';
import type { OwnTypes } from '../http/catalogue.ts';
import { OWN_TYPES } from './lambda-bundles.ts';

/** Of a folder for which the generator has run. */
export function ownTypesModule(tasksDir: string): string {
  const generated = generatedFolder(tasksDir);
  const { types, faulty } = JSON.parse(readFileSync(join(generated, 'types.json'), 'utf8')) as Omit<
    OwnTypes,
    'payloads'
  >;
  const loads = types.flatMap(({ type }) => {
    const name = HANDLER_FILES.find((each) => existsSync(join(tasksDir, type, each)));
    const path = name && JSON.stringify(join(tasksDir, type, name));
    return path === undefined ? [] : [`    ${JSON.stringify(type)}: () => import(${path}),`];
  });
  return [
    `import { payloads } from ${JSON.stringify(join(generated, 'validators.mjs'))};`,
    'export const ownTypes = {',
    `  types: ${JSON.stringify(types)},`,
    `  faulty: ${JSON.stringify(faulty)},`,
    '  payloads,',
    '  handlers: {',
    ...loads,
    '  },',
    '};\n',
  ].join('\n');
}

if (import.meta.main) {
  mkdirSync(dirname(OWN_TYPES), { recursive: true });
  writeFileSync(OWN_TYPES, ownTypesModule(resolve(process.env['TASKS_DIR']!.trim())));
}
