import { describe, expect, it } from 'vitest';
import type { Access } from './access-settings.ts';
import { readAccess, shownAccess } from './access-settings.ts';

interface Read {
  readonly access: Access;
  readonly problems: readonly string[];
}

function reading(environment: Record<string, string>, hasIssuer = false): Read {
  const problems: string[] = [];
  const access = readAccess(
    { text: (name) => environment[name], names: Object.keys(environment), problems },
    hasIssuer,
  );
  return { access, problems };
}

const REACHED = [{ HOST: '0.0.0.0' }, { ALLOWED_HOSTS: 'tasks.example.com' }, { TRUSTED_PROXIES: '127.0.0.1' }];

describe('who is asked who he is', () => {
  it('is nobody on loopback, unless an issuer is set', () => {
    for (const HOST of ['', 'localhost', '127.0.0.1', '::1', '[::1]', 'LOCALHOST']) {
      const { access, problems } = reading(HOST === '' ? {} : { HOST });
      expect([access.identity, access.isOnLoopback, problems]).toEqual(['local', true, []]);
    }
    expect(reading({}, true).access.identity).toBe('required');
    expect(reading({ IDENTITY: 'local' }, true).problems).toEqual([]);
  });

  it.each(REACHED)('is everybody as soon as others reach the server: %o', (environment) => {
    expect(reading(environment).access.identity).toBe('required');
    expect(reading({ ...environment, IDENTITY: 'local' }).problems).toEqual([
      expect.stringMatching(/^IDENTITY must be required: /),
    ]);
  });

  it('is told at the start', () => {
    expect(shownAccess(reading({}).access).IDENTITY).toContain('its owner');
    const { access } = reading({ HOST: '::', TRUSTED_PROXIES: '10.0.0.0/8,::1' });
    const shown = { HOST: '::', IDENTITY: 'required', ALLOWED_HOSTS: '(all)', TRUSTED_PROXIES: '10.0.0.0/8,::1/128' };
    expect(shownAccess(access)).toEqual(shown);
  });
});

describe('a host', () => {
  it.each(['0.0.0.0', '::', '192.168.1.4', 'tasks.internal', 'box-1', '127.0.0.2'])('may be %s', (host) => {
    const { access, problems } = reading({ HOST: host });
    expect([access.host, access.isOnLoopback, problems]).toEqual([host, false, []]);
  });

  it.each(['http://here', 'a b', 'here:4000', '10.0.0', '-a', 'a..b', '*', `${'a'.repeat(64)}.example`])(
    'cannot be %s',
    (host) => {
      expect(reading({ HOST: host }).problems).toEqual([expect.stringMatching(/^HOST must be/)]);
    },
  );

  it('that is allowed may have a port, and any case', () => {
    const { access, problems } = reading({ ALLOWED_HOSTS: ' Tasks.example.com , a:8443,[2001:db8::1],10.0.0.7:80 ' });
    expect([access.allowedHosts, problems]).toEqual([
      ['tasks.example.com', 'a:8443', '[2001:db8::1]', '10.0.0.7:80'],
      [],
    ]);
  });

  it.each(['https://a', 'a/b', 'a:123456', '*', '*.example.com', '2001:db8::1'])(
    'that is allowed cannot be %s',
    (host) => {
      expect(reading({ ALLOWED_HOSTS: `b,${host}` }).problems).toEqual([
        expect.stringMatching(/^ALLOWED_HOSTS must list/),
      ]);
    },
  );
});
