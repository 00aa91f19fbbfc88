/** Fails before a run begins, with a sentence, where it could only fail later. */
import { ask } from './client.ts';
import { URL } from './settings.ts';

export function readyOrFail(): void {
  const ready = ask('get', '/ready');
  if (!ready.ok) throw new Error(`${URL} is not ready: ${ready.why}`);
  const types = ask('get', '/types');
  if (!types.ok) throw new Error(`${URL} does not list its task types: ${types.why}`);
  const simulate = types.body.items.find(({ type }) => type === 'simulate');
  if (simulate?.state !== 'available') throw new Error(`${URL} has no task type "simulate" that can run.`);
}
