/**
 * EGRESS_ALLOW: which hosts may be asked although their addresses are not public. In comes the text of the variable; out come
 * its rules, and a sentence for each part that is none. The server reads it to refuse to start, the workers to obey it.
 */
import ipaddr from 'ipaddr.js';

export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Without a port it holds for all of them. */
export type AllowRule = { readonly port?: number } & (
  | { readonly host: string }
  /** `.example.com`: what ends so, not `example.com` itself. */
  | { readonly ending: string }
  | { readonly range: readonly [Address, number] }
);

export interface AllowList {
  readonly rules: readonly AllowRule[];
  readonly problems: readonly string[];
}

const ENTRY = /^(\*(?=\.))?(\[[0-9a-fA-F:.]+\]|[^\s:/?#@*[\]\\]+)(?::(\d{1,5}))?$/;
const MOST_PORT = 65_535;

export function readAllowList(text = ''): AllowList {
  const entries = text.split(',').flatMap((part) => part.trim() || []);
  const read = entries.map((entry) => ({ entry, rule: ruleOf(entry) }));
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    problems: read.flatMap(({ entry, rule }) => (rule ? [] : [problemOf(entry)])),
  };
}

const problemOf = (entry: string): string =>
  entry === '*'
    ? 'EGRESS_ALLOW must name what may be asked: * would let every task reach into this network.'
    : `EGRESS_ALLOW must list hosts, addresses and ranges such as localhost:4100, *.internal, 10.0.0.0/8; ${entry} is none.`;

function ruleOf(entry: string): AllowRule | undefined {
  if (entry.includes('/')) return isRange(entry) ? { range: ipaddr.parseCIDR(entry) } : undefined;
  const [, wildcard, host, portText] = ENTRY.exec(ipaddr.IPv6.isValid(entry) ? `[${entry}]` : entry) ?? [];
  const name = host === undefined ? undefined : nameOf(wildcard ? host.slice(1) : host);
  if (name === undefined || Number(portText) > MOST_PORT) return undefined;
  const port = portText === undefined ? {} : { port: Number(portText) };
  if (wildcard) return ipaddr.isValid(name) ? undefined : { ending: `.${name}`, ...port };
  return ipaddr.isValid(name) ? { range: wholeRange(ipaddr.process(name)), ...port } : { host: name, ...port };
}

/** Not the short forms of IPv4: 10/8 would be 0.0.0.10/8. */
const isRange = (text: string): boolean =>
  ipaddr.IPv6.isValidCIDR(text) || ipaddr.IPv4.isValidCIDRFourPartDecimal(text);

const wholeRange = (address: Address): [Address, number] => [address, address.kind() === 'ipv4' ? 32 : 128];

/** As a URL names it: lower case, Punycode, no brackets, numbers as dotted decimals. */
function nameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? hostOf(new URL(`http://${host}/`)) : undefined;
}

/** Without brackets and without the dot that ends a name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
