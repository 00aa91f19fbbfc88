/**
 * What two tenants may ask, with the errands and a flaky network before it: a real server, perhaps of another Holdfast, or the
 * functions of AWS in the twin.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownTypesModule } from '../../toolchain/own-types-module.ts';
import type { Identities } from '../identities.ts';
import { givenIdentities } from '../identities.ts';
import { freePort, startServer } from '../real-server.ts';
import { GivenDeployed } from '../twin/given-deployed.ts';
import type { Errands } from './errands.ts';
import { givenErrands } from './errands.ts';
import { startFlakyNetwork } from './flaky-network.ts';
import type { Place } from './play.ts';

/** What all servers of a test share. */
export interface Ground {
  readonly identities: Identities;
  readonly errands: Errands;
  clear(): Promise<void>;
}

export async function givenGround(): Promise<Ground> {
  const [identities, errands] = [await givenIdentities(), await givenErrands()];
  const clear = async (): Promise<void> => {
    errands.remove();
    await identities.issuer.close();
  };
  return { identities, errands, clear };
}

export interface OpenPlace extends Place {
  close(): Promise<void>;
}

/** `root` is where the Holdfast is, if it is another one than this. */
export async function openPlace({ identities, errands }: Ground, root?: string): Promise<OpenPlace> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'holdfast-model-'));
  const env = { ...identities.env, TASKS_DIR: errands.tasksDir, WORKERS: '2', LOG_LEVEL: 'error' };
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  const options = { dataDir, port: await freePort(), env, ...(root !== undefined && { root }) };
  const server = await startServer(options).catch((error: unknown) => {
    remove();
    throw error;
  });
  const network = await startFlakyNetwork(server.url);
  const close = async (): Promise<void> => {
    await network.close();
    await server.killAll();
    remove();
  };
  return { url: server.url, identities, errands, network, answers: new Map(), close };
}

export async function openTwinPlace({ identities, errands }: Ground): Promise<OpenPlace> {
  const ownTypes = path.join(errands.tasksDir, 'own-types.mjs');
  writeFileSync(ownTypes, ownTypesModule(errands.tasksDir));
  const environment = { ...identities.env, LOG_LEVEL: 'error' };
  const deployed = await new GivenDeployed().start({ environment, aliases: { '#own-types': ownTypes } });
  const network = await startFlakyNetwork(deployed.url);
  const close = async (): Promise<void> => {
    await network.close();
    await deployed.stop();
  };
  return { url: deployed.url, identities, errands, network, answers: new Map(), isCloud: true, close };
}
