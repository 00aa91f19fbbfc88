// What a client may rely on, over HTTP and by the SDK, held against a real server with worker processes, and in short against the
// functions of AWS in the twin: random commands of two tenants at once, races for one task, a network that loses answers. Seeds are
// fixed; `npm run model` plays others, and makes a counterexample smaller. Each sabotage is played in a server whose sources were
// copied, with one line changed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCopy } from '../sabotage/copies.ts';
import type { Ground, OpenPlace } from './given-place.ts';
import { givenGround, openPlace, openTwinPlace } from './given-place.ts';
import type { PropertyName } from './play.ts';
import { play } from './play.ts';
import { CLIENT_SABOTAGES } from './sabotages.ts';

const SEED = 10;
/** For a hanging test only: servers start, and processes are copied, on a busy machine. */
const WITHIN_MS = 600_000;

let ground: Ground;
let place: OpenPlace;
beforeAll(async () => {
  ground = await givenGround();
  place = await openPlace(ground);
}, WITHIN_MS);
afterAll(async () => {
  try {
    await place.close();
  } finally {
    await ground.clear();
  }
}, WITHIN_MS);

/** Also without the smaller counterexample, which takes its time, its commands can be read. */
const played = (name: PropertyName, numRuns: number, where = place): Promise<string | undefined> =>
  play(name, where, { seed: SEED, numRuns, endOnFailure: true });

/** What a play of nothing would not show. */
const SEEN = [
  ...['submit 202', 'submit 200', 'submit 409 conflict', 'batch 200', 'get 200', 'get 404 not-found', 'stats 200'],
  ...['list 200', 'attempts 200', 'attempts 404 not-found'],
  ...['cancel 200', 'cancel 202', 'cancel 404 not-found', 'cancel 409 task-final'],
  ...['redrive 202', 'redrive 409 not-dead', 'redrive 422 validation'],
  ...['discard 200', 'discard 409 not-dead'],
  ...['SDK submit answered', 'SDK submit conflict', 'SDK cancel answered', 'SDK redrive answered'],
  ...['SDK redrive unreachable', 'SDK discard answered'],
];

describe('a client', { timeout: WITHIN_MS }, () => {
  it('of one of two tenants is answered as the contract says, whatever both do [S1][S2][S10][S14][S16]', async () => {
    expect(await played('commands', 28)).toBeUndefined();
  });

  it('that asks for one task at once is answered as if in some order [S2][S10][S16]', async () => {
    expect(await played('races', 60)).toBeUndefined();
  });

  it('with the SDK gets the truth, and all done once, over a network that loses requests and answers', async () => {
    expect(await played('network', 14)).toBeUndefined();
  });

  it('was answered in every way that the model knows', () => {
    expect(SEEN.filter((answer) => !place.answers.has(answer))).toEqual([]);
  });
});

it('is answered so by the functions of AWS too', { timeout: WITHIN_MS }, async ({ onTestFinished }) => {
  const twin = await openTwinPlace(ground);
  onTestFinished(() => twin.close(), WITHIN_MS);
  // Beside each other: a cancel waits for a heartbeat there.
  const reports = await Promise.all([played('commands', 4, twin), played('races', 8, twin)]);
  expect(reports).toEqual([undefined, undefined]);
  const seen = ['submit 202', 'batch 200', 'list 200', 'stats 200', 'attempts 200', 'redrive 202', 'discard 200'];
  expect([...seen, 'submit 409 conflict', 'cancel 202'].filter((answer) => !twin.answers.has(answer))).toEqual([]);
});

/** The command that noticed, with which the report begins. */
const noticedBy = (report = 'nobody:'): string => /^[^:,]+/.exec(report)![0];

it('the property notices an SDK that makes a new id for each try', { timeout: WITHIN_MS }, async () => {
  const forgetful: typeof fetch = (url, options) => {
    const body = (options?.body as string | undefined)?.replaceAll(/"taskId":"[^"]{10,}",/g, '');
    return fetch(url, { ...options, body: body ?? null });
  };
  const report = await played('network', 14, { ...place, fetch: forgetful });
  expect(noticedBy(report), report).toBe('the list of all');
});

describe.concurrent('a sabotage of the service', { timeout: WITHIN_MS }, () => {
  it.for(CLIENT_SABOTAGES)('is noticed: $name', async (sabotage, { onTestFinished, expect: expects }) => {
    const copy = await openCopy(sabotage, `client ${sabotage.name}`);
    onTestFinished(() => copy.remove(), WITHIN_MS);
    const other = await openPlace(ground, copy.root);
    onTestFinished(() => other.close(), WITHIN_MS);
    const report = await played(sabotage.noticedIn, 60, other);
    expects(sabotage.noticedBy, report).toContain(noticedBy(report));
  });

  it.for(['commands', 'races'] as const)(
    'is not seen in a copy as it is: %s',
    async (name, { onTestFinished, expect: expects }) => {
      const copy = await openCopy(undefined, `client control ${name}`);
      onTestFinished(() => copy.remove(), WITHIN_MS);
      const other = await openPlace(ground, copy.root);
      onTestFinished(() => other.close(), WITHIN_MS);
      expects(await played(name, 5, other)).toBeUndefined();
    },
  );
});
