import type { Problem } from '@holdfast/api/types';
import { describe, expect, it } from 'vitest';
import { openDoor } from './door-under-test.ts';

const FRIEND = 'https://app.example.com';
const TASK = { taskId: 'one', payload: {} };
const door = () => openDoor({ app: { origins: new Set([FRIEND]) } });
const grantsIn = (headers: Headers): string[] =>
  [...headers.keys()].filter((name) => name.startsWith('access-control'));
const from = (origin: string, more: Record<string, string> = {}) => ({
  headers: { host: 'localhost', origin, ...more },
});

describe('a page of another origin', () => {
  it('that is named may ask, and read what it needs', async () => {
    const { status, headers } = await door().ask('POST /tasks', TASK, from(FRIEND));
    expect(status).toBe(202);
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(headers.get('vary')).toBe('Origin');
    expect(headers.get('access-control-expose-headers')).toBe(
      'Location, ETag, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id',
    );
    expect(headers.has('access-control-allow-credentials')).toBe(false);
  });

  it('that is named may also read why it was refused', async () => {
    const { status, headers } = await door().ask('POST /tasks', '{', from(FRIEND));
    expect({ status, granted: headers.get('access-control-allow-origin') }).toEqual({ status: 400, granted: FRIEND });
  });

  it('that is named learns before it asks what it may send', async () => {
    const preflight = from(FRIEND, { 'access-control-request-method': 'POST' });
    const { status, headers } = await door().ask('OPTIONS /tasks/one/cancel', undefined, preflight);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(headers.get('access-control-allow-methods')).toBe('OPTIONS, POST');
    expect(headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, idempotency-key, if-match, traceparent, x-request-id',
    );
    expect(headers.get('access-control-max-age')).toBe('3600');
  });

  it.each([
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com.evil.org',
    'https://evil.org',
    'null',
    `${FRIEND}, ${FRIEND}`,
  ])('that is not named, %s, gets nothing, before and when it asks', async (origin) => {
    const { ask, store } = door();
    const asked = await ask<Problem>('POST /tasks', TASK, from(origin));
    expect({ status: asked.status, code: asked.body.code }).toEqual({ status: 403, code: 'forbidden-origin' });
    const preflight = from(origin, { 'access-control-request-method': 'POST' });
    const before = await ask('OPTIONS /tasks', undefined, preflight);
    expect(before.status).toBe(403);
    expect([...grantsIn(asked.headers), ...grantsIn(before.headers)]).toEqual([]);
    expect(store.items.size).toBe(0);
  });

  it('is granted nothing where none is named, and neither is who is no page', async () => {
    expect((await openDoor().ask('GET /tasks', undefined, from(FRIEND))).status).toBe(403);
    const { status, headers } = await door().ask('GET /tasks');
    expect({ status, grants: grantsIn(headers) }).toEqual({ status: 200, grants: [] });
  });
});

describe('OPTIONS', () => {
  it('says which methods a path takes, and nothing of an unknown one', async () => {
    const { status, headers, body } = await openDoor().ask('OPTIONS /tasks/one');
    expect({ status, allow: headers.get('allow'), body }).toEqual({
      status: 204,
      allow: 'GET, HEAD, OPTIONS',
      body: '',
    });
    expect(grantsIn(headers)).toEqual([]);
    expect((await openDoor().ask('OPTIONS /nothing')).status).toBe(404);
  });
});
