/**
 * What this server serves: the built-in task types, and those of TASKS_DIR with everything that was generated for them. The
 * server generates nothing itself: where that was not done, or was done for other sources, it says what to run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generatedFolder, isOwnStale } from '@holdfast/api/own-types';
import type { Catalogue, OwnTypes } from './http/catalogue.ts';
import { catalogueOf } from './http/catalogue.ts';

export interface Installation {
  /** The contract with the schemas of all its types. */
  readonly openapi: string;
  readonly asyncapi: string;
  readonly catalogue: Catalogue;
  /** One folder per type that can be run. */
  readonly typeFolders: readonly string[];
  readonly ownTypeFolders: readonly string[];
}

/** A sentence for whoever starts the server. */
export class UnusableTasksDir extends Error {
  override readonly name = 'UnusableTasksDir';
}

const BUILT_IN = join(import.meta.dirname, 'tasks');

const contractOf = (name: 'openapi' | 'asyncapi'): string =>
  readFileSync(join(import.meta.dirname, '..', 'api', 'generated', `${name}.json`), 'utf8');

/** The folder with the dashboard; undefined where none was built. */
export function builtDashboard(): string | undefined {
  const folder = join(import.meta.dirname, '..', 'web', 'build');
  return existsSync(join(folder, 'index.html')) ? folder : undefined;
}

/** Throws UnusableTasksDir. */
export async function readInstallation(tasksDir: string | undefined): Promise<Installation> {
  const builtIn = readdirSync(BUILT_IN, { withFileTypes: true }).flatMap((each) =>
    each.isDirectory() ? [each.name] : [],
  );
  const asyncapi = contractOf('asyncapi');
  if (tasksDir === undefined) {
    return {
      openapi: contractOf('openapi'),
      asyncapi,
      catalogue: catalogueOf(),
      typeFolders: builtIn.map((name) => join(BUILT_IN, name)),
      ownTypeFolders: [],
    };
  }
  refuseStale(tasksDir);
  const generated = generatedFolder(tasksDir);
  const own = await ownTypesIn(generated);
  const catalogue = catalogueOf(own);
  // Two handlers under one name: neither runs.
  const unclaimed = builtIn.filter((name) => !('problem' in catalogue.get(name)!));
  return {
    openapi: readFileSync(join(generated, 'openapi.json'), 'utf8'),
    asyncapi,
    catalogue,
    typeFolders: unclaimed.map((name) => join(BUILT_IN, name)),
    ownTypeFolders: own.types.map(({ type }) => join(tasksDir, type)),
  };
}

function refuseStale(tasksDir: string): void {
  if (!isOwnStale({ tasksDir })) return;
  throw new UnusableTasksDir(
    `The files in ${generatedFolder(tasksDir)} are missing, or were made from other schemas or for another Holdfast.\n` +
      `Run this in the repository of this Holdfast, then start again: TASKS_DIR=${inShell(tasksDir)} npm run generate`,
  );
}

const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

async function ownTypesIn(generated: string): Promise<OwnTypes> {
  const { types, faulty } = JSON.parse(readFileSync(join(generated, 'types.json'), 'utf8')) as Omit<
    OwnTypes,
    'payloads'
  >;
  const validators = (await import(pathToFileURL(join(generated, 'validators.mjs')).href)) as Pick<
    OwnTypes,
    'payloads'
  >;
  return { types, faulty, payloads: validators.payloads };
}
