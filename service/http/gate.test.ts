import type { Scope } from '@holdfast/api/operation';
import { operations } from '@holdfast/api/operations';
import { describe, expect, it, test } from 'vitest';
import { Call } from './call.ts';
import { hostsAllowed, isLoopbackHost, refuseStrangers, refuseUnscoped } from './gate.ts';
import { LOCAL } from './principal.ts';

const GUESTS = { allowsHost: isLoopbackHost, origins: new Set<string>() };
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code }) as unknown;
const thrownBy = (act: () => void): unknown => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('a page', () => {
  const entering = (host: string, origin: string) => {
    const request = new Request('http://localhost/', { headers: { host, origin } });
    return thrownBy(() => refuseStrangers(new Call(request, undefined, () => 'id'), GUESTS));
  };

  it.each([
    ['localhost:4000', 'http://localhost:4000'],
    ['localhost:4000', 'https://localhost:4000'],
    ['LocalHost:4000', 'http://localhost:4000'],
  ])('of the server itself, asking %s from %s, may ask', (host, origin) => {
    expect(entering(host, origin)).toBeUndefined();
  });

  it.each(['ftp://localhost:4000', 'http://localhost:4001', 'https://localhost'])('of %s may not', (origin) => {
    expect(entering('localhost:4000', origin)).toEqual(refused('forbidden-origin'));
  });
});

describe('a server answers to', () => {
  const LOOPBACK = ['localhost', 'LOCALHOST:4000', '127.0.0.1:1', '[::1]:4000'];
  const OTHERS = ['tasks.example.com', '10.0.0.7:4000', 'localhost.example.com', ''];
  const answered = (allowsHost: (host: string) => boolean) => [...LOOPBACK, ...OTHERS].filter(allowsHost);

  it('loopback alone, when nobody else reaches it', () => {
    expect(answered(hostsAllowed(true, []))).toEqual(LOOPBACK);
  });

  it('every name, when others reach it', () => {
    expect(answered(hostsAllowed(false, []))).toEqual([...LOOPBACK, ...OTHERS]);
  });

  it.each([true, false])('the names that are listed and loopback, wherever it listens: %s', (isOnLoopback) => {
    const allowsHost = hostsAllowed(isOnLoopback, ['tasks.example.com', 'b:8443', '[2001:db8::1]']);
    expect(answered(allowsHost)).toEqual([...LOOPBACK, 'tasks.example.com']);
    const hosts = ['Tasks.Example.com:1', 'b:8443', '[2001:DB8::1]:80', 'b', 'b:80', 'xtasks.example.com'];
    expect(hosts.filter(allowsHost)).toEqual(hosts.slice(0, 3));
  });
});

test.each(Object.values(operations))('$operationId is for those alone who have its scope', (entry) => {
  const all = [...LOCAL.scopes];
  const entering = (scopes: readonly Scope[]) =>
    thrownBy(() => refuseUnscoped(entry, { ...LOCAL, scopes: new Set(scopes) }));
  expect(entering(all)).toBeUndefined();
  const others = all.filter((scope) => scope !== entry.scope);
  expect(entering(others)).toEqual(
    entry.scope === null || entry.scope === 'any' ? undefined : refused('insufficient-scope'),
  );
});
