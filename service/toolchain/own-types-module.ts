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
  const listed = JSON.parse(readFileSync(join(generated, 'types.json'), 'utf8')) as Omit<OwnTypes, 'payloads'>;
  const handlers = listed.types.flatMap(({ type }) => {
    const name = HANDLER_FILES.find((each) => existsSync(join(tasksDir, type, each)));
    return name === undefined ? [] : [{ type, path: join(tasksDir, type, name) }];
  });
  const imports = handlers.map(({ path }, index) => `import * as handler${index} from ${JSON.stringify(path)};`);
  const byType = handlers.map(({ type }, index) => `    ${JSON.stringify(type)}: handler${index},`);
  return [
    `import { payloads } from ${JSON.stringify(join(generated, 'validators.mjs'))};`,
    ...imports,
    'export const ownTypes = {',
    `  types: ${JSON.stringify(listed.types)},`,
    `  faulty: ${JSON.stringify(listed.faulty)},`,
    '  payloads,',
    '  handlers: {',
    ...byType,
    '  },',
    '};\n',
  ].join('\n');
}

if (import.meta.main) {
  mkdirSync(dirname(OWN_TYPES), { recursive: true });
  writeFileSync(OWN_TYPES, ownTypesModule(resolve(process.env['TASKS_DIR']!.trim())));
}
