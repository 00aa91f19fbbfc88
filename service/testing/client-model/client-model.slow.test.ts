// What a client may rely on, over HTTP and by the SDK, held against a real server with worker processes: random commands of two
// tenants at once, races for one task, a network that loses answers. Seeds are fixed; `npm run model` plays others, and makes
// a counterexample smaller. Each sabotage is played in a server whose sources were copied, with one line changed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCopy } from '../sabotage/copies.ts';
import type { Ground, OpenPlace } from './given-place.ts';
import { givenGround, openPlace } from './given-place.ts';
import type { PropertyName } from './play.ts';
import { play } from './play.ts';
import { CLIENT_SABOTAGES } from './sabotages.ts';

const SEED = 10;
/** Of a counterexample that is not made smaller here. */
const WITHIN_MS = 600_000;

let ground: Ground;
let place: OpenPlace;
beforeAll(async () => {
  ground = await givenGround();
  place = await openPlace(ground);
});
afterAll(async () => {
  await place.close();
  await ground.clear();
});

/** Also without the smaller counterexample, which takes its time, its commands can be read. */
const played = (name: PropertyName, numRuns: number, where = place): Promise<string | undefined> =>
  play(name, where, { seed: SEED, numRuns, endOnFailure: true });

it('clients of two tenants are answered as the contract says, whatever they do [S1][S2][S10][S14][S16]', async () => {
  expect(await played('commands', 24)).toBeUndefined();
});

it('the answers to requests for one task at once are those of some order [S2][S10][S16]', async () => {
  expect(await played('races', 60)).toBeUndefined();
});

it('what the SDK says is true, and done once, over a network that loses requests and answers', async () => {
  expect(await played('network', 14)).toBeUndefined();
});

/** What a play of nothing would not show. */
const SEEN = [
  ...['submit 202', 'submit 200', 'submit 409 conflict', 'batch 200', 'get 200', 'get 404 not-found', 'stats 200'],
  ...['list 200', 'list 400 invalid-cursor', 'attempts 200', 'attempts 404 not-found'],
  ...['cancel 200', 'cancel 202', 'cancel 404 not-found', 'cancel 409 task-final'],
  ...['redrive 202', 'redrive 409 not-dead', 'redrive 412 stale-version', 'redrive 422 validation'],
  ...['discard 200', 'discard 409 not-dead', 'discard 412 stale-version'],
  ...['SDK submit answered', 'SDK submit conflict', 'SDK cancel answered', 'SDK redrive answered'],
  ...['SDK redrive unreachable', 'SDK discard answered'],
];

it('they were answered in every way that the model knows', () => {
  expect(SEEN.filter((answer) => !place.answers.has(answer))).toEqual([]);
});

/** The command that noticed, with which the report begins. */
const noticedBy = (report = 'nobody:'): string => /^[^:,]+/.exec(report)![0];

it('the property notices an SDK that makes a new id for each try', async () => {
  const forgetful: typeof fetch = (url, options) => {
    const body = (options?.body as string | undefined)?.replaceAll(/"taskId":"[^"]{10,}",/g, '');
    return fetch(url, { ...options, body: body ?? null });
  };
  const report = await played('network', 14, { ...place, fetch: forgetful });
  expect(noticedBy(report), report).toBe('the list of all');
});

describe.concurrent('a sabotaged service', () => {
  it.for(CLIENT_SABOTAGES)(
    'is noticed: $name',
    { timeout: WITHIN_MS },
    async (sabotage, { onTestFinished, expect: expects }) => {
      const copy = await openCopy(sabotage, `client ${sabotage.name}`);
      onTestFinished(() => copy.remove());
      const other = await openPlace(ground, copy.root);
      onTestFinished(() => other.close());
      const report = await played(sabotage.noticedIn, 60, other);
      expects(sabotage.noticedBy, report).toContain(noticedBy(report));
    },
  );

  it.for(['commands', 'races'] as const)(
    'is a copy in which nobody finds fault, unless a line is changed: %s',
    async (name, { onTestFinished, expect: expects }) => {
      const copy = await openCopy(undefined, `client control ${name}`);
      onTestFinished(() => copy.remove());
      const other = await openPlace(ground, copy.root);
      onTestFinished(() => other.close());
      expects(await played(name, 5, other)).toBeUndefined();
    },
  );
});
