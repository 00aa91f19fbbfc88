/** A real server with the errands, perhaps of another Holdfast, that two tenants may ask, and a flaky network before it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Identities } from '../identities.ts';
import { givenIdentities } from '../identities.ts';
import { freePort, startServer } from '../real-server.ts';
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
  const server = await startServer({ dataDir, port: await freePort(), env, ...(root !== undefined && { root }) });
  const network = await startFlakyNetwork(server.url);
  const close = async (): Promise<void> => {
    await network.close();
    await server.killAll();
    rmSync(dataDir, { recursive: true });
  };
  return { url: server.url, identities, errands, network, answers: new Map(), close };
}
