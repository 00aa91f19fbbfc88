import { payloads } from '@holdfast/api/validators';
import { describe, expect, it } from 'vitest';
import { readAllowList } from './allow-list.ts';
import type { HostAddress } from './egress.ts';
import { judgedAddresses } from './egress.ts';

const address = (text: string): HostAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });

/** The addresses that may be asked, or the code of the refusal. */
async function judged(url: string, more: { allow?: string; names?: Record<string, string[]> } = {}): Promise<unknown> {
  const { allow = '', names = {} } = more;
  const resolve = (name: string) => Promise.resolve((names[name] ?? []).map(address));
  try {
    const found = await judgedAddresses(new URL(url), { resolve, allow: readAllowList(allow).rules });
    return found.map((each) => each.address);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('egress', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.8.8.8:8080/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://127.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.31.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://240.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::127.0.0.1]/',
    'http://[64:ff9b::a9fe:a9fe]/',
    'http://[64:ff9b:1::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    'http://[2001:db8::1]/',
    'http://[fe80::1]/',
    'http://[fec0::1]/',
    'http://[fd00:ec2::254]/',
    'http://[ff02::1]/',
  ])('refuses %s', async (url) => {
    expect(payloads['http-request']({ url })).toBe(true);
    expect(await judged(url)).toBe('egress-refused');
  });

  it('asks public addresses, on any port', async () => {
    expect(await judged('http://93.184.216.34:8443/')).toEqual(['93.184.216.34']);
    expect(await judged('https://[2606:2800:220:1::1]/')).toEqual(['2606:2800:220:1::1']);
    expect(await judged('https://[64:ff9b::5db8:d822]/')).toEqual(['64:ff9b::5db8:d822']);
    expect(await judged('https://a.example/', { names: { 'a.example': ['1.1.1.1', '2606:4700::1'] } })).toHaveLength(2);
  });

  it('refuses a name as soon as one of its addresses is not public, and does not say which', async () => {
    const names = { 'a.example': ['1.1.1.1', '10.9.8.7'], localhost: ['127.0.0.1'], 'none.example': [] };
    expect(await judged('http://a.example/', { names })).toBe('egress-refused');
    expect(await judged('http://localhost/', { names })).toBe('egress-refused');
    expect(await judged('http://none.example/', { names })).toBe('egress-refused');
    const refusal = judgedAddresses(new URL('http://a.example/'), {
      resolve: () => Promise.resolve([address('10.9.8.7')]),
      allow: [],
    });
    await expect(refusal).rejects.toThrow(/^a\.example has an address that is not public\. .*EGRESS_ALLOW\.$/);
  });

  it.each([
    ['http://127.0.0.1:4100/', '127.0.0.1:4100', true],
    ['http://127.0.0.1:4101/', '127.0.0.1:4100', false],
    ['http://127.0.0.1:4101/', '127.0.0.1', true],
    ['http://127.0.0.2/', '127.0.0.1', false],
    ['http://[::ffff:127.0.0.1]/', '127.0.0.1', true],
    ['http://[::1]:80/', '[::1]:80', true],
    ['http://[::1]/', '::1', true],
    ['http://[::1]/', '127.0.0.0/8', false],
    ['http://10.20.30.40/', '192.168.0.0/16, 10.0.0.0/8', true],
    ['http://[fd00::7]/', 'fd00::/8', true],
    ['http://inner.example/', 'inner.example', true],
    ['http://INNER.example./', 'Inner.Example:80', true],
    ['https://inner.example/', 'inner.example:80', false],
    ['http://inner.example/', '10.0.0.0/8', true],
    ['http://inner.example/', '*.example', true],
    ['http://inner.example/', '*.inner.example', false],
    ['http://inner.example/', 'ner.example', false],
  ])('asks %s with EGRESS_ALLOW=%s: %s', async (url, allow, isAllowed) => {
    const names = { 'inner.example': ['10.1.1.1'], 'inner.example.': ['10.1.1.1'] };
    const expected = isAllowed ? [expect.any(String)] : 'egress-refused';
    expect(await judged(url, { allow, names })).toEqual(expected);
  });
});

describe('EGRESS_ALLOW', () => {
  it.each([
    ...['*', 'http://inner', 'a b', '10/8', '10.0.0.0/33', '10.0.0.0/8:80', '*inner', '*.10.0.0.1', 'a.*.example'],
    ...['inner:', 'inner:65536', ':80', 'ann@inner', '[::1', '/', '::1/129'],
    ...['inner:0', '.example', '*..example', '::ffff:10.0.0.0/104'],
  ])('%s is refused with a sentence', (entry) => {
    const { rules, problems } = readAllowList(`fine.example,${entry}`);
    expect(rules).toHaveLength(1);
    expect(problems).toEqual([expect.stringMatching(/^EGRESS_ALLOW must /)]);
  });

  it('may be empty, and may have spaces', () => {
    expect(readAllowList(undefined)).toEqual({ rules: [], problems: [] });
    expect(readAllowList(' a , b:80, ').rules).toEqual([{ host: 'a' }, { host: 'b', port: 80 }]);
  });
});
