import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressReader, readTrustedProxies } from './address.ts';

function addressBy(trusted: string, peer: string | undefined, forwarded?: string): string {
  const incoming = { socket: { remoteAddress: peer } } as unknown as IncomingMessage;
  const header = (name: string) => (name === 'x-forwarded-for' ? forwarded : undefined);
  return addressReader(readTrustedProxies(trusted).ranges)({ incoming, header });
}

describe('the address that failures are counted by', () => {
  it('is that of the connection, whatever the client writes, where no proxy is trusted', () => {
    expect(addressBy('', '192.0.2.1', '203.0.113.9')).toBe('192.0.2.1');
    expect(addressBy('10.0.0.0/8', '192.0.2.1', '203.0.113.9')).toBe('192.0.2.1');
  });

  it.each([
    ['one proxy', '203.0.113.9', '203.0.113.9'],
    ['two of them', '203.0.113.9, 10.1.1.1', '203.0.113.9'],
    ['what the client invents stands left of it', '1.1.1.1, 203.0.113.9, 10.1.1.1', '203.0.113.9'],
    ['with a port', '203.0.113.9:5123', '203.0.113.9'],
    ['IPv6 with a port', '[2001:db8:1:2:3::4]:5123', '2001:db8:1:2::/64'],
    ['IPv4 within IPv6', '::ffff:203.0.113.9', '203.0.113.9'],
    ['only proxies', '10.2.2.2, 10.1.1.1', '10.2.2.2'],
    ['garbage alone', 'unknown', '10.0.0.7'],
    ['garbage of a proxy hides nobody behind an invention', '1.1.1.1, _hidden, 10.1.1.1', '10.1.1.1'],
    ['a number that is no address', '0x7f000001', '10.0.0.7'],
    ['nothing', '', '10.0.0.7'],
    ['commas', ',,,', '10.0.0.7'],
  ])('is what a trusted proxy says: %s', (_, forwarded, address) => {
    expect(addressBy('10.0.0.0/8', '10.0.0.7', forwarded)).toBe(address);
    expect(addressBy('10.0.0.0/8', '::ffff:10.0.0.7', forwarded)).toBe(address);
  });

  it('is the /64 in IPv6, so that one customer has one count', () => {
    expect(addressBy('', '2001:db8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(addressBy('', '2001:db8:1:2:ffff:ffff:ffff:ffff')).toBe('2001:db8:1:2::/64');
    expect(addressBy('', '2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
    expect(addressBy('', 'fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });

  it('is one count for all whose connection is gone', () => {
    expect(addressBy('', undefined)).toBe('unknown');
  });

  it('is an address whatever stands in the header', () => {
    const property = fc.property(fc.string({ unit: 'binary' }), (forwarded) => {
      expect(addressBy('10.0.0.0/8', '10.0.0.7', forwarded)).toMatch(/^[0-9a-f.:]+(?:\/64)?$/);
    });
    fc.assert(property);
  });
});

it('TRUSTED_PROXIES lists addresses and ranges, and each part that is none is named', () => {
  expect(readTrustedProxies(' 10.0.0.7, fd00::/8 ,').problems).toEqual([]);
  expect(addressBy('fd00::/8', 'fd12::1', '203.0.113.9')).toBe('203.0.113.9');
  for (const wrong of ['10/8', 'proxy.internal', '10.0.0.0/33', '::ffff:10.0.0.0/104', '*', '10.0.0.7:80']) {
    expect(readTrustedProxies(`10.0.0.7,${wrong}`).problems).toEqual([expect.stringContaining(`${wrong} is none.`)]);
  }
});
