import type { ApiKey, ApiKeyList, Identity, NewApiKey, Problem } from '@holdfast/api/types';
import { beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../core/rules.ts';
import type { Door } from '../door-under-test.ts';
import { openDoor } from '../door-under-test.ts';

let door: Door;
beforeEach(() => {
  door = openDoor();
});

const SUBMITTER = { name: 'checkout service', scopes: ['tasks:submit', 'tasks:read'] };
const as = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const made = async (wanted: object = SUBMITTER, key?: string) =>
  (await door.ask<NewApiKey>('POST /keys', wanted, key === undefined ? {} : as(key))).body;
const listed = async (key?: string) =>
  (await door.ask<ApiKeyList>('GET /keys', undefined, key === undefined ? {} : as(key))).body.items;

/** An admin of another tenant than `local`. */
const adminOf = async (tenant: string) =>
  (await door.house.keys.create({ tenant, name: 'first', scopes: ['admin'], createdBy: 'local' })).text;

describe('a key', () => {
  it('is shown once, and says who it is', async () => {
    const { key, ...rest } = await made({ ...SUBMITTER, expiresAt: '2026-12-24T12:00:00+01:00' });
    expect(rest).toMatchObject({ ...SUBMITTER, state: 'usable', createdBy: 'local', lastUsedAt: null });
    expect(key.startsWith(`${rest.prefix}_`)).toBe(true);
    const { body } = await door.ask<Identity>('GET /identity', undefined, as(key));
    expect(body).toEqual({
      tenant: 'local',
      subject: `key:${rest.keyId}`,
      kind: 'key',
      ...SUBMITTER,
      expiresAt: '2026-12-24T11:00:00.000Z',
    });
    const shown = await door.ask('GET /keys');
    expect(JSON.stringify(shown)).not.toContain(key.slice(rest.prefix.length));
  });

  it('shows when it was used last, until it is gone', async () => {
    const { key, keyId } = await made();
    await door.ask('GET /identity', undefined, as(key));
    const usedAt = new Date(door.time.nowMs).toISOString();
    expect(await listed()).toMatchObject([{ keyId, lastUsedAt: usedAt }]);
    const rotated = await door.ask<NewApiKey>(`POST /keys/${keyId}/rotate`);
    const revoked = await door.ask<ApiKey>(`POST /keys/${keyId}/revoke`);
    expect([rotated.body.lastUsedAt, revoked.body.lastUsedAt]).toEqual([usedAt, usedAt]);
    await door.time.play(() => false, door.time.nowMs + 30 * DAY);
    const left = door.store.listEntries('', 100);
    expect(left.map(({ key: entry }) => entry)).toEqual(['installation/tenant/local']);
  });

  it('gets a new secret beside the one before, for a day unless said otherwise', async () => {
    const first = await made();
    const second = await door.ask<NewApiKey>(`POST /keys/${first.keyId}/rotate`);
    const inADay = new Date(door.time.nowMs + DAY).toISOString();
    expect(second.body).toMatchObject({ keyId: first.keyId, previousEndsAt: inADay });
    for (const key of [first.key, second.body.key]) {
      expect((await door.ask('GET /identity', undefined, as(key))).status).toBe(200);
    }
    const third = await door.ask<NewApiKey>(`POST /keys/${first.keyId}/rotate`, { graceSeconds: 0 });
    expect(third.body.previousEndsAt).toBeNull();
    expect((await door.ask('GET /identity', undefined, as(second.body.key))).status).toBe(401);
  });

  it('that is revoked opens nothing any more, and may revoke itself', async () => {
    const { key, keyId } = await made({ name: 'short', scopes: ['admin'] });
    const revoked = await door.ask<ApiKey>(`POST /keys/${keyId}/revoke`, undefined, as(key));
    expect(revoked.body).toMatchObject({ keyId, state: 'revoked' });
    expect((await door.ask('GET /keys', undefined, as(key))).status).toBe(401);
    const again = await door.ask<ApiKey>(`POST /keys/${keyId}/revoke`);
    expect(again.body.revokedAt).toBe(revoked.body.revokedAt);
    const rotated = await door.ask<Problem>(`POST /keys/${keyId}/rotate`);
    expect([rotated.status, rotated.body.code]).toEqual([409, 'key-ended']);
  });

  it('of another tenant is as unknown as one that never was', async () => {
    const { keyId } = await made();
    const other = await adminOf('other');
    for (const move of ['rotate', 'revoke']) {
      const answers = [keyId, 'unknown00key', 'no-key'].map((id) =>
        door.ask<Problem>(`POST /keys/${id}/${move}`, undefined, as(other)),
      );
      for (const { status, body } of await Promise.all(answers)) {
        expect([status, body.code, body.detail]).toEqual([404, 'not-found', 'There is no key with this id.']);
      }
    }
    expect(await listed(other)).toMatchObject([{ name: 'first' }]);
    expect(await listed()).toMatchObject([{ keyId, state: 'usable' }]);
  });
});

describe('what is asked for', () => {
  const at = (ms: number) => new Date(door.time.nowMs + ms).toISOString();

  it('must end in the future, within ten years', async () => {
    for (const [expiresAt, words] of [
      [at(0), 'is past'],
      [at(3_653 * DAY + 1), 'is more than ten years ahead'],
    ]) {
      const { status, body } = await door.ask<Problem>('POST /keys', { ...SUBMITTER, expiresAt });
      expect([status, body.errors]).toEqual([422, [{ pointer: '/expiresAt', message: words }]]);
    }
    for (const ms of [1, HOUR, 3_653 * DAY])
      expect((await made({ ...SUBMITTER, expiresAt: at(ms) })).state).toBe('usable');
  });

  it.each([
    { name: '' },
    { name: 'a\nb' },
    { scopes: [] },
    { scopes: ['all'] },
    { scopes: ['admin', 'admin'] },
    { tenant: 'other' },
  ])('cannot be %j', async (wrong) => {
    expect((await door.ask('POST /keys', { ...SUBMITTER, ...wrong })).status).toBe(422);
  });

  it('needs the scope admin, and the answer says so', async () => {
    const { key } = await made();
    for (const line of ['GET /keys', 'POST /keys/unknown00key/revoke']) {
      const { status, headers, body } = await door.ask<Problem>(line, undefined, as(key));
      expect([status, body.code]).toEqual([403, 'insufficient-scope']);
      expect(headers.get('www-authenticate')).toBe(
        'Bearer realm="holdfast", error="insufficient_scope", scope="admin"',
      );
    }
    expect((await door.ask('GET /identity', undefined, as(key))).status).toBe(200);
  });

  it('is 401 from whoever is not known, before anything else of it is judged', async () => {
    const { status, headers } = await door.ask('POST /keys?colour=red', 'no json', as('nope'));
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="holdfast"']);
  });
});
