import { describe, expect, it } from 'vitest';
import { givenSession, identityWith, OTHER_TOKEN, TOKEN } from '#lib/testing/fake-session.ts';

const READS = identityWith({ scopes: ['tasks:read'] });

describe('a request that nobody is known for', () => {
  it('waits for a sign-in, and goes out again with the key', async () => {
    const { session, server, ask } = givenSession();
    server.valid.set(TOKEN, identityWith());
    const answers = [ask(), ask()];
    await expect.poll(() => session.asks).toBe('needed');
    session.adopt({ token: TOKEN, identity: identityWith(), isKept: false });
    expect(await Promise.all(answers)).toEqual([200, 200]);
    expect(server.heard).toEqual([null, null, `Bearer ${TOKEN}`, `Bearer ${TOKEN}`]);
    expect([session.asks, session.life]).toEqual([null, 0]);
  });

  it('is not sent while somebody signs in', async () => {
    const { session, server, ask } = givenSession();
    void ask();
    await expect.poll(() => session.asks).toBe('needed');
    void ask();
    expect(server.heard).toEqual([null]);
  });

  it('ends when its view does', async () => {
    const { session, ask } = givenSession();
    const view = new AbortController();
    const answer = ask(view.signal);
    await expect.poll(() => session.asks).toBe('needed');
    view.abort(new Error('the view has gone'));
    await expect(answer).rejects.toThrow('the view has gone');
  });
});

it('a request whose view went while it was answered waits for nobody', async () => {
  const { ask } = givenSession();
  const view = new AbortController();
  const answer = ask(view.signal);
  view.abort(new Error('the view has gone'));
  await expect(answer).rejects.toThrow('the view has gone');
});

describe('a key that ends while it is used', () => {
  it('is told from none at all, and nothing of the view is lost when the next may see as much', async () => {
    const { session, server, ask } = givenSession(TOKEN);
    session.identity = READS;
    const answer = ask();
    await expect.poll(() => session.asks).toBe('ended');
    server.valid.set(OTHER_TOKEN, identityWith());
    session.adopt({ token: OTHER_TOKEN, identity: identityWith(), isKept: false });
    expect([await answer, session.life]).toEqual([200, 0]);
  });

  it('asks nobody when the answer belongs to the key before', async () => {
    const { session, server, ask } = givenSession(TOKEN);
    session.identity = identityWith();
    server.valid.set(OTHER_TOKEN, identityWith());
    const answer = ask();
    session.renew(OTHER_TOKEN);
    expect([await answer, session.asks]).toEqual([200, null]);
  });
});

describe('somebody else who signs in', () => {
  it.each([
    ['of another tenant', identityWith({ tenant: 'other' })],
    ['who may see less', READS],
  ])('sees nothing of the view before, and does nothing that it wanted: %s', async (_, identity) => {
    const { session, server, ask } = givenSession(TOKEN);
    session.identity = identityWith();
    const answer = ask();
    await expect.poll(() => session.asks).toBe('ended');
    server.valid.set(OTHER_TOKEN, identity);
    session.adopt({ token: OTHER_TOKEN, identity, isKept: false });
    await expect(answer).rejects.toThrow('somebody else');
    expect([session.life, server.heard.length]).toEqual([1, 1]);
  });
});

describe('what was under way when its owner left', () => {
  it.each([
    ['refused', []],
    ['answered', [[TOKEN, identityWith()]] as const],
  ])('is neither shown to the next nor done in his name: %s', async (_, valid) => {
    const { session, server, ask } = givenSession(TOKEN);
    for (const [token, identity] of valid) server.valid.set(token, identity);
    server.valid.set(OTHER_TOKEN, READS);
    const answer = ask();
    session.leave();
    session.adopt({ token: OTHER_TOKEN, identity: READS, isKept: false });
    await expect(answer).rejects.toThrow('somebody else');
    expect([session.asks, server.heard]).toEqual([null, [`Bearer ${TOKEN}`]]);
  });

  it('is not repeated in the name of the next', async () => {
    const { session, server, ask } = givenSession(TOKEN);
    session.leave();
    session.adopt({ token: OTHER_TOKEN, identity: READS, isKept: false });
    await expect(ask()).rejects.toThrow('somebody else');
    expect(server.heard).toEqual([]);
  });
});

describe('a key', () => {
  it('is kept in the tab when its owner wants that, and forgotten when he leaves', async () => {
    const { session, store, server, ask } = givenSession();
    session.adopt({ token: TOKEN, identity: identityWith(), isKept: true });
    expect([...store.kept.values()]).toEqual([TOKEN]);
    session.leave();
    expect([store.kept.size, session.asks]).toEqual([0, 'left']);
    const answer = ask();
    session.adopt({ token: OTHER_TOKEN, identity: identityWith(), isKept: false });
    await expect(answer).rejects.toThrow('somebody else');
    expect([store.kept.size, session.life, server.heard]).toEqual([0, 1, []]);
  });

  it('that was kept is sent with the first request of the next page', async () => {
    const { session, server, ask } = givenSession(TOKEN);
    server.valid.set(TOKEN, identityWith());
    expect([await ask(), server.heard, session.isKept]).toEqual([200, [`Bearer ${TOKEN}`], true]);
  });

  it('is nowhere but in memory unless it is to be kept', () => {
    const { session, store } = givenSession();
    session.adopt({ token: TOKEN, identity: identityWith(), isKept: false });
    expect([store.kept.size, session.isKept]).toEqual([0, false]);
  });
});

it('nothing is held back before it is known what is allowed', () => {
  const { session } = givenSession();
  expect(session.may('admin')).toBe(true);
  session.identity = READS;
  expect([session.may('tasks:read'), session.may('admin')]).toEqual([true, false]);
});
