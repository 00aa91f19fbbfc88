/**
 * Which addresses a request may go to. A name is looked up once, every address it has is judged, and the connection is made to
 * those and no others: a name that means something else a moment later changes nothing. A host that is not public is
 * asked only when EGRESS_ALLOW names it.
 */
import { TaskFailure } from '@holdfast/api/handler';
import ipaddr from 'ipaddr.js';
import type { Address, AllowRule } from './allow-list.ts';
import { allowsAddress, allowsName, hostOf, rulesFor } from './allow-list.ts';

/** As `dns.lookup` gives it with `all`. */
export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Rejects with a code, such as ENOTFOUND. */
export type Resolve = (name: string) => Promise<readonly HostAddress[]>;

export interface Egress {
  readonly resolve: Resolve;
  readonly allow: readonly AllowRule[];
}

/** All unicast that is given out to the public; what it has for tunnels and documents, ipaddr.js knows by other names. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');
/** Public by its range, yet every machine of Azure is answered there by its own host, and handed settings and keys. */
const AZURE_HOST = '168.63.129.16';
const NAT64_IPV4_AT = 12;

/** An IPv6 address that only wraps an IPv4 one is judged as that. */
function unwrapped(text: string): Address {
  const address = ipaddr.process(text);
  if (address.range() !== 'rfc6052') return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(NAT64_IPV4_AT));
}

export function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || address.toString() === AZURE_HOST) return false;
  return address.kind() === 'ipv4' || address.match(GIVEN_OUT);
}

/**
 * The addresses of a URL, all of them allowed. Throws TaskFailure `egress-refused` when one is not, and what the look-up
 * rejects with.
 */
export async function judgedAddresses(url: URL, { resolve, allow }: Egress): Promise<readonly HostAddress[]> {
  const host = hostOf(url);
  const rules = rulesFor(url, allow);
  const isLiteral = ipaddr.isValid(host);
  const found = isLiteral ? [{ address: host, family: host.includes(':') ? 6 : 4 }] : await resolve(host);
  // Whoever allows a name trusts what it resolves to.
  if (rules.some((rule) => allowsName(rule, host))) return found;
  const isAllowed = ({ address }: HostAddress): boolean => {
    const judged = unwrapped(address);
    return isPublic(judged) || rules.some((rule) => allowsAddress(rule, judged));
  };
  if (found.length > 0 && found.every(isAllowed)) return found;
  throw refusal(url, isLiteral);
}

/** Does not say what a name resolved to: that is nobody's business who may only submit. */
function refusal(url: URL, isLiteral: boolean): TaskFailure {
  const why = isLiteral ? 'is not a public address' : 'has an address that is not public';
  const remedy = 'Whoever runs the server may allow it in EGRESS_ALLOW.';
  return new TaskFailure(`${url.host} ${why}. ${remedy}`, { class: 'VALIDATION', code: 'egress-refused' });
}
