import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../core/refusal.ts';
import type { Issuer, Manner } from '../../testing/issuer.ts';
import { newKey, startIssuer } from '../../testing/issuer.ts';
import type { GivenOidc } from './oidc-under-test.ts';
import { givenOidc } from './oidc-under-test.ts';
import type { TokenJudge } from './token-judge.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let issuer: Issuer;
let given: GivenOidc;
beforeEach(async () => {
  issuer = await startIssuer();
  given = await givenOidc({ issuer });
});
afterEach(() => issuer.close());

const signed = () => issuer.sign(given.claims());

/** The subject, `refused`, or the refusal with its Retry-After. */
async function judged(token: string, by: TokenJudge = given): Promise<string> {
  try {
    return (await by.judge(token))?.subject ?? 'refused';
  } catch (error) {
    if (error instanceof Refusal) return `${error.code} ${error.retryAfterSeconds}`;
    throw error;
  }
}

async function warm(): Promise<void> {
  expect(await judged(await signed())).toBe('user:ann');
}

describe('a key that the issuer takes in place of another', () => {
  it('is used without a restart, and the one before opens nothing any more', async () => {
    await warm();
    const before = issuer.key.privateKey;
    const oldKid = issuer.key.kid;
    await issuer.rotate();
    await given.pass(10 * SECOND);
    expect(await judged(await signed())).toBe('user:ann');
    expect(await judged(await issuer.sign(given.claims({ sub: 'eve' }), { kid: oldKid }, before))).toBe('refused');
  });

  it('may be of another algorithm, and stand beside the one before', async () => {
    await warm();
    const old = issuer.key;
    await issuer.rotate('EdDSA');
    issuer.published.push(old.publicJwk);
    await given.pass(10 * SECOND);
    expect(await judged(await signed())).toBe('user:ann');
    const bob = given.claims({ sub: 'bob' });
    expect(await judged(await issuer.sign(bob, { alg: old.alg, kid: old.kid }, old.privateKey))).toBe('user:bob');
  });

  it('is found in time also when nobody sends a token of it: what was withdrawn ends within ten minutes', async () => {
    await warm();
    const { kid, privateKey } = issuer.key;
    await issuer.rotate();
    await given.pass(10 * MINUTE + 1);
    expect(await judged(await issuer.sign(given.claims(), { kid }, privateKey))).toBe('refused');
  });
});

it('unknown keys make the server ask once in ten seconds, however many are sent', async () => {
  await warm();
  const stranger = await newKey();
  const sendMany = async () => {
    const tokens = Array.from({ length: 20 }, (_, i) =>
      issuer.sign(given.claims(), { kid: `invented-${i}` }, stranger.privateKey),
    );
    expect(new Set(await Promise.all(tokens.map(async (token) => judged(await token))))).toEqual(new Set(['refused']));
  };
  await sendMany();
  expect(issuer.keyRequests()).toBe(1);
  await given.pass(10 * SECOND);
  await sendMany();
  await sendMany();
  expect(issuer.keyRequests()).toBe(2);
});

describe('in a process that is frozen between requests', () => {
  it('the issuer is not asked before a token comes', async () => {
    issuer.manner = 'hanging';
    const frozen = given.restarted({}, { beside: false });
    await given.pass(6 * SECOND);
    issuer.manner = 'well';
    expect(await judged(await signed(), frozen)).toBe('user:ann');
  });

  it('keys are renewed while a request waits, and one that was withdrawn ends', async () => {
    const frozen = given.restarted({}, { beside: false });
    expect(await judged(await signed(), frozen)).toBe('user:ann');
    const { kid, privateKey } = issuer.key;
    await issuer.rotate();
    await given.pass(5 * MINUTE + 1);
    expect(await judged(await issuer.sign(given.claims(), { kid }, privateKey), frozen)).toBe('refused');
  });

  it('an issuer that is away is asked once a minute by who has its keys', async () => {
    const frozen = given.restarted({}, { beside: false });
    expect(await judged(await signed(), frozen)).toBe('user:ann');
    issuer.manner = 'failing';
    await given.pass(6 * MINUTE);
    const before = issuer.requests();
    for (let i = 0; i < 3; i += 1) {
      expect(await judged(await signed(), frozen)).toBe('user:ann');
      await given.pass(29 * SECOND);
    }
    expect(issuer.requests() - before).toBe(1);
  });
});

describe('while the issuer is away', () => {
  it('tokens of known keys are judged on for a day, and a new key is used as soon as it is back', async () => {
    await warm();
    issuer.manner = 'failing';
    for (const ms of [6 * MINUTE, 6 * MINUTE, 23 * HOUR]) {
      await given.pass(ms);
      expect(await judged(await signed())).toBe('user:ann');
    }
    await given.pass(HOUR);
    expect(await judged(await signed())).toBe('identity-unavailable 5');
    issuer.manner = 'well';
    await given.pass(5 * SECOND);
    expect(await judged(await signed())).toBe('user:ann');
  });

  it('a key that is not known is nobody`s fault: 503 with the time of the next try, and one try for all', async () => {
    await warm();
    await issuer.rotate();
    issuer.manner = 'failing';
    await given.pass(10 * SECOND);
    const token = await signed();
    const answers = await Promise.all([judged(token), judged(token), judged(token)]);
    expect(new Set(answers)).toEqual(new Set(['identity-unavailable 5']));
    await given.pass(2 * SECOND);
    expect(await judged(token)).toBe('identity-unavailable 3');
    expect(issuer.requests()).toBe(3); // discovery and keys when it was well, discovery alone since
    await given.pass(3 * SECOND);
    expect(await judged(token)).toBe('identity-unavailable 5');
    issuer.manner = 'well';
    await given.pass(5 * SECOND);
    expect(await judged(token)).toBe('user:ann');
    expect(given.lines).toEqual(['issuer-unusable status-503', 'issuer-answers-again']);
  });

  it('nobody waits for it who has a known key', async () => {
    await warm();
    issuer.manner = 'hanging';
    await given.pass(6 * MINUTE);
    expect(await judged(await signed())).toBe('user:ann');
    await given.pass(5 * SECOND);
    await expect.poll(() => given.lines).toContain('issuer-unusable no-answer-in-time');
  });

  it('every operation answers as its contract says, with the time of the next try', async () => {
    issuer.manner = 'failing';
    const cold = await givenOidc({ issuer });
    const door = cold.door();
    const init = { headers: { authorization: `Bearer ${await signed()}` } };
    const requests: [string, object?][] = [
      ['GET /identity'],
      ['GET /tasks'],
      ['POST /tasks', {}],
      ['POST /live-tickets'],
    ];
    for (const [line, body] of requests) {
      const { status, body: problem, headers } = await door.ask(line, body, init);
      expect([status, problem['code'], headers.get('retry-after')]).toEqual([503, 'identity-unavailable', '5']);
    }
    expect((await door.ask('GET /health')).status).toBe(200);
  });

  it('500 requests may wait for it, and whoever comes then is told to ask again', async () => {
    issuer.manner = 'hanging';
    const [token, cold] = [await signed(), given.restarted()];
    const waiting = Array.from({ length: 500 }, () => judged(token, cold));
    expect(await judged(token, cold)).toBe('identity-unavailable 1');
    await given.pass(5 * SECOND);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['identity-unavailable 5']));
    issuer.manner = 'well';
    await given.pass(5 * SECOND);
    expect(await judged(token, cold)).toBe('user:ann');
  });

  it('what is no token is refused all the same', async () => {
    issuer.manner = 'failing';
    expect(await judged('x.y.z', given.restarted())).toBe('refused');
  });
});

describe('a server that starts', () => {
  it('asks for the keys before the first token comes', async () => {
    await expect.poll(() => issuer.keyRequests()).toBe(1);
  });

  it('needs no discovery where the address of the keys is configured', async () => {
    await warm();
    const before = issuer.requests();
    const judge = given.restarted({ jwksUrl: `${issuer.url}/keys` });
    expect(await judged(await signed(), judge)).toBe('user:ann');
    expect(issuer.requests() - before).toBe(1);
  });

  it('finds the issuer gone: 503', async () => {
    await warm();
    const token = await signed();
    await issuer.close();
    expect(await judged(token, given.restarted())).toBe('identity-unavailable 5');
    expect(given.lines).toContain('issuer-unusable ECONNREFUSED');
  });

  it.each<[Manner, string]>([
    ['redirecting', 'status-302'],
    ['lying', 'another-issuer'],
    ['huge', 'too-large'],
    ['failing', 'status-503'],
    ['garbled', 'not-json'],
    ['shapeless', 'another-issuer'],
    ['elsewhere', 'no-usable-jwks-uri'],
    ['keyless', 'no-key-set'],
  ])('believes no issuer that is %s: 503, and the log says why', async (manner, reason) => {
    issuer.manner = manner;
    expect(await judged(await signed(), given.restarted())).toBe('identity-unavailable 5');
    expect(given.lines).toContain(`issuer-unusable ${reason}`);
  });

  it.each<Manner>(['hanging', 'endless'])('waits five seconds for one that is %s', async (manner) => {
    issuer.manner = manner;
    const requests = issuer.requests();
    const answer = judged(await signed(), given.restarted());
    await expect.poll(() => issuer.requests()).toBeGreaterThan(requests);
    await given.pass(5 * SECOND);
    expect(await answer).toBe('identity-unavailable 5');
    expect(given.lines).toContain('issuer-unusable no-answer-in-time');
  });
});
