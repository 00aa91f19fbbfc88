/**
 * The address that a request is counted by: that of its connection, or what a trusted proxy says of it. In IPv6 the /64,
 * which is what one customer gets. It decides about limits alone, never about who somebody is.
 */
import ipaddr from 'ipaddr.js';
import type { Call } from '../call.ts';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
export type AddressRange = readonly [Address, number];

export interface TrustedProxies {
  readonly ranges: readonly AddressRange[];
  /** A sentence for each part that is no address. */
  readonly problems: readonly string[];
}

/** Comes in as `TRUSTED_PROXIES`: addresses and ranges, separated by commas. */
export function readTrustedProxies(text = ''): TrustedProxies {
  const entries = text.split(',').flatMap((part) => part.trim() || []);
  const read = entries.map((entry) => ({ entry, range: rangeOf(entry) }));
  return {
    ranges: read.flatMap(({ range }) => (range ? [range] : [])),
    problems: read.flatMap(({ entry, range }) =>
      range
        ? []
        : [`TRUSTED_PROXIES must list addresses and ranges such as 10.0.0.7, 172.16.0.0/12; ${entry} is none.`],
    ),
  };
}

function rangeOf(entry: string): AddressRange | undefined {
  const address = addressIn(entry);
  if (address !== undefined) return [address, address.kind() === 'ipv4' ? 32 : 128];
  // Not the short forms of IPv4: 10/8 would be 0.0.0.10/8. Nor IPv4 written as IPv6: addresses are compared as what they are.
  if (ipaddr.IPv4.isValidCIDRFourPartDecimal(entry)) return ipaddr.IPv4.parseCIDR(entry);
  const isIpv6 = ipaddr.IPv6.isValidCIDR(entry) && !ipaddr.IPv6.parseCIDR(entry)[0].isIPv4MappedAddress();
  return isIpv6 ? ipaddr.IPv6.parseCIDR(entry) : undefined;
}

/** More proxies in a row than anybody has. */
const MOST_HOPS = 20;
const UNKNOWN = 'unknown';

export type AddressOf = (call: Pick<Call, 'incoming' | 'header'>) => string;

/**
 * Only what a trusted proxy wrote is believed: from the right, up to the first address that is none of them. At a part that
 * is no address it stops, for whatever stands left of it may be the client's invention.
 */
export const addressReader =
  (trusted: readonly AddressRange[]): AddressOf =>
  (call) => {
    let address = addressIn(call.incoming?.socket.remoteAddress ?? '');
    if (address === undefined) return UNKNOWN;
    if (trusted.length === 0) return countedAs(address);
    const hops = (call.header('x-forwarded-for') ?? '').split(',').slice(-MOST_HOPS).reverse();
    for (const hop of hops) {
      if (!isIn(address, trusted)) break;
      const before = addressIn(withoutPort(hop.trim()));
      if (before === undefined) break;
      address = before;
    }
    return countedAs(address);
  };

/** Whether a proxy says that it was not sent by this machine. Who sends such a header without need makes it only worse. */
export function wasForwarded(call: Pick<Call, 'header'>): boolean {
  const hops = call.header('x-forwarded-for')?.split(',') ?? [];
  return call.header('forwarded') !== undefined || !hops.every(isLoopback);
}

const isLoopback = (hop: string): boolean => addressIn(withoutPort(hop.trim()))?.range() === 'loopback';

const isIn = (address: Address, ranges: readonly AddressRange[]): boolean =>
  ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits));

/** `10.0.0.7:51234` and `[2001:db8::1]:51234`, as some proxies write. */
const withoutPort = (text: string): string => text.replace(/^\[([^\]]*)\](?::\d{1,5})?$|^([^:]*):\d{1,5}$/, '$1$2');

/** IPv4 within IPv6 is IPv4; a zone is no part of it. */
function addressIn(text: string): Address | undefined {
  const address = text.replace(/%[\w.-]*$/, '');
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(address) || (address.includes(':') && ipaddr.isValid(address));
  return isAddress ? ipaddr.process(address) : undefined;
}

function countedAs(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString();
  const parts = (address as ipaddr.IPv6).parts.slice(0, 4);
  return `${parts.map((part) => part.toString(16)).join(':')}::/64`;
}
