/** Loads the task types of a worker process, each by itself: one that cannot be loaded says why and stops no other. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Handler, HandlerInput } from '@holdfast/api/handler';
import { HANDLER_FILES } from '@holdfast/api/own-types';
import type { HandlerModule } from '../handling/policy.ts';
import { exportedBy, policyOf, versionsOf } from '../handling/policy.ts';
import { SECOND } from '../core/rules.ts';
import { loadProblem } from './load-problem.ts';
import type { LoadedType } from './worker-messages.ts';

const LOAD_WITHIN_MS = 10 * SECOND;

/** `run` is there unless `loaded` has an error. */
interface TypeLoad {
  readonly loaded: LoadedType;
  readonly run?: Handler;
}

/** A type is named like its folder. */
export async function loadType(folder: string): Promise<TypeLoad> {
  const name = basename(folder);
  try {
    const { run, policy } = await handlerModule(folder);
    return { loaded: { name, payloadVersions: versionsOf(policy), policy: policyOf(policy) }, run };
  } catch (error) {
    return { loaded: { name, error: loadProblem(error, folder) } };
  }
}

async function handlerModule(folder: string): Promise<HandlerModule> {
  const name = HANDLER_FILES.find((each) => existsSync(join(folder, each)));
  const type = basename(folder);
  if (name === undefined) throw new Error(`There is no handler.ts in ${type}/.`);
  const file = `${type}/${name}`;
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${file} did not load within its time.`)), LOAD_WITHIN_MS);
  try {
    const loading = import(pathToFileURL(join(folder, name)).href) as Promise<Record<string, unknown>>;
    return exportedBy(await Promise.race([loading, late]), file);
  } finally {
    clearTimeout(timer);
  }
}

const unknownType = (name: string): TypeLoad => ({ loaded: { name, error: `${name} is no type of this worker.` } });

/** None for a version that the handler does not name: its file may have changed since it was loaded here. */
const runOf = ({ loaded, run }: TypeLoad, payloadVersion: number): Handler | undefined =>
  'error' in loaded || !loaded.payloadVersions.includes(payloadVersion) ? undefined : run;

/** The types of one worker process. */
export class ChildTypes {
  readonly #lateFolders: readonly string[];
  readonly #onUnable: (loaded: LoadedType) => void;
  readonly #ready = new Map<string, TypeLoad>();
  readonly #loads = new Map<string, Promise<TypeLoad>>();

  /** `lateFolders`: those that are loaded when an attempt needs them. */
  constructor(lateFolders: readonly string[], onUnable: (loaded: LoadedType) => void) {
    this.#lateFolders = lateFolders;
    this.#onUnable = onUnable;
  }

  /** In the order of the folders. */
  async loadAll(folders: readonly string[]): Promise<LoadedType[]> {
    const loads = await Promise.all(folders.map((folder) => this.#load(basename(folder), folder)));
    return loads.map(({ loaded }) => loaded);
  }

  handlerOf(name: string, payloadVersion: number): Handler {
    const load = this.#ready.get(name);
    return (load && runOf(load, payloadVersion)) ?? ((input) => this.#runLate(name, input));
  }

  /** Never ends when there is no handler: the process is replaced, and nobody is charged. */
  async #runLate(name: string, input: HandlerInput): Promise<unknown> {
    const folder = this.#lateFolders.find((each) => basename(each) === name);
    const load = await (this.#loads.get(name) ?? (folder ? this.#load(name, folder) : unknownType(name)));
    const run = runOf(load, input.payloadVersion);
    if (run) return run(input);
    this.#onUnable(load.loaded);
    return new Promise(() => undefined);
  }

  /** Once: what Node could not import it does not import again. */
  #load(name: string, folder: string): Promise<TypeLoad> {
    const loading = loadType(folder).then((load) => {
      if (load.run) this.#ready.set(name, load);
      return load;
    });
    this.#loads.set(name, loading);
    return loading;
  }
}
