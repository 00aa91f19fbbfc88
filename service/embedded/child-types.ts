/** Loads the task types of a worker process, each by itself: one that cannot be loaded is reported and stops no other. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handler, HandlerPolicy } from '../core/handler.ts';
import { policyOf, versionsOf } from '../core/handler.ts';
import { SECOND } from '../core/rules.ts';
import type { LoadedType } from './worker-messages.ts';

const FILES = ['handler.ts', 'handler.js', 'handler.mjs'];
const LOAD_WITHIN_MS = 10 * SECOND;
const MAX_ERROR_CHARS = 500;

export interface TypeLoads {
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly types: readonly LoadedType[];
}

/** In the order of the folders; a type is named like its folder. */
export async function loadTypes(folders: readonly string[]): Promise<TypeLoads> {
  const handlers = new Map<string, Handler>();
  const types = await Promise.all(
    folders.map(async (folder): Promise<LoadedType> => {
      const name = basename(folder);
      try {
        const { run, policy } = await handlerModule(folder);
        const loaded = { name, payloadVersions: versionsOf(policy), policy: policyOf(policy) };
        handlers.set(name, run);
        return loaded;
      } catch (error) {
        return { name, error: String(error).slice(0, MAX_ERROR_CHARS) };
      }
    }),
  );
  return { handlers, types };
}

async function handlerModule(folder: string): Promise<{ run: Handler; policy: HandlerPolicy }> {
  const file = FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
  if (file === undefined) throw new Error(`There is no handler.ts in ${folder}.`);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${file} did not load within its time.`)), LOAD_WITHIN_MS);
  try {
    const module = (await Promise.race([import(pathToFileURL(file).href), late])) as Record<string, unknown>;
    const { run, policy = {} } = module;
    if (typeof run !== 'function') throw new TypeError(`${file} exports no function named run.`);
    if (typeof policy !== 'object' || policy === null)
      throw new TypeError(`${file} exports a policy that is no object.`);
    return { run: run as Handler, policy };
  } finally {
    clearTimeout(timer);
  }
}
