/**
 * Where `npm run keys` finds the keys: in the data folder itself, whose keeper may make keys for every tenant; or, while a
 * server uses that folder, behind its operations, where a key with `admin` manages those of its own tenant.
 */
import { createHoldfast, isProblem, Unreachable } from '../api/sdk/index.ts';
import type { Holdfast } from '../api/sdk/index.ts';
import type { KeysSettings } from './config.ts';
import { DataDirInUse } from './embedded/schema.ts';
import { openStorage } from './embedded/storage.ts';
import type { KeyPlace } from './key-place.ts';
import { keeperPlace, NoKeyPlace } from './key-place.ts';
import { systemClock } from './platform.ts';

/** Throws NoKeyPlace and UnusableDataDir. */
export async function openKeyPlace(settings: KeysSettings, tenant: string): Promise<KeyPlace> {
  if (settings.namesServer) return serverPlace(settings, tenant);
  try {
    return folderPlace(settings.dataDir, tenant);
  } catch (error) {
    if (error instanceof DataDirInUse) return serverPlace(settings, tenant);
    throw error;
  }
}

function folderPlace(dataDir: string, tenant: string): KeyPlace {
  const onBroken = (error: unknown): void => {
    throw error;
  };
  const storage = openStorage({ dataDir, clock: systemClock, onBroken });
  return keeperPlace({ keyValue: storage.keyValue, where: `in ${dataDir}`, close: () => storage.close() }, tenant);
}

async function serverPlace(settings: KeysSettings, tenant: string): Promise<KeyPlace> {
  const { url, apiKey } = settings;
  const token = apiKey === undefined ? {} : { token: apiKey };
  const holdfast = createHoldfast({ baseUrl: url, retry: { attempts: 2 }, ...token });
  const obstacle = await obstacleAt(holdfast, settings, tenant);
  if (obstacle !== undefined) throw new NoKeyPlace(sentenceFor(obstacle, settings, tenant));
  return {
    where: `at ${url}`,
    list: () => holdfast.keys(),
    create: (wanted) => holdfast.createKey(wanted),
    rotate: (keyId, wanted) => holdfast.rotateKey(keyId, wanted),
    revoke: (keyId) => holdfast.revokeKey(keyId),
    close: () => undefined,
  };
}

/** In words; undefined when the keys of this very tenant can be asked for: none is to be made for another. */
async function obstacleAt(holdfast: Holdfast, { apiKey }: KeysSettings, tenant: string): Promise<string | undefined> {
  try {
    const asked = await holdfast.identity();
    if (asked.tenant === tenant) return undefined;
    if (apiKey !== undefined) return `HOLDFAST_API_KEY is of tenant ${asked.tenant}`;
    return `it asks for no key and knows tenant ${asked.tenant} alone`;
  } catch (error) {
    if (error instanceof Unreachable) return 'it gave no answer';
    if (!isProblem(error, 'unauthenticated')) throw error;
    return apiKey === undefined ? 'it asks for a key' : 'it does not take HOLDFAST_API_KEY';
  }
}

function sentenceFor(obstacle: string, { url, dataDir, namesServer }: KeysSettings, tenant: string): string {
  const why = namesServer ? `HOLDFAST_URL names ${url}` : `A server uses ${dataDir}, so it was asked at ${url}`;
  const remedy = obstacle.endsWith('no answer')
    ? 'Set HOLDFAST_URL to where it listens.'
    : `Set HOLDFAST_API_KEY to a key of tenant ${tenant} with the scope admin.`;
  const other = namesServer
    ? ''
    : ' Or stop the server and run this again: then the data folder is opened, which needs no key.';
  return `${why}, and ${obstacle}. ${remedy}${other}`;
}
