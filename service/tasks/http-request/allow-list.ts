/**
 * Lists of hosts: EGRESS_ALLOW, of those that may be asked although their addresses are not public, and those of secrets. In
 * comes the text of a variable; out come its rules, and a sentence for each part that is none. The server reads them to
 * refuse to start, the workers to obey them.
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

/** `variable`: what a sentence names. */
export function readAllowList(text = '', variable = 'EGRESS_ALLOW'): AllowList {
  const entries = text.split(',').flatMap((part) => part.trim() || []);
  const read = entries.map((entry) => ({ entry, rule: ruleOf(entry) }));
  return {
    rules: read.flatMap(({ rule }) => rule ?? []),
    problems: read.flatMap(({ entry, rule }) => (rule ? [] : [`${variable} ${problemOf(entry)}`])),
  };
}

const problemOf = (entry: string): string =>
  entry === '*'
    ? 'must name hosts one by one: * would be all of them, the inner ones too.'
    : `must list hosts, addresses and ranges such as localhost:4100, *.internal, 10.0.0.0/8; ${entry} is none.`;

function ruleOf(entry: string): AllowRule | undefined {
  if (entry.includes('/')) return isRange(entry) ? { range: ipaddr.parseCIDR(entry) } : undefined;
  const [, wildcard, host, portText] = ENTRY.exec(ipaddr.IPv6.isValid(entry) ? `[${entry}]` : entry) ?? [];
  const name = host === undefined ? undefined : nameOf(wildcard ? host.slice(1) : host);
  if (name === undefined || !isName(name) || Number(portText) > MOST_PORT || Number(portText) === 0) return undefined;
  const port = portText === undefined ? {} : { port: Number(portText) };
  if (wildcard) return ipaddr.isValid(name) ? undefined : { ending: `.${name}`, ...port };
  return ipaddr.isValid(name) ? { range: wholeRange(ipaddr.process(name)), ...port } : { host: name, ...port };
}

/** No label of it is empty. */
const isName = (host: string): boolean => ipaddr.isValid(host) || host.split('.').every((label) => label !== '');

/** Not the short forms of IPv4: 10/8 would be 0.0.0.10/8. Nor IPv4 written as IPv6: addresses are judged as what they are. */
const isRange = (text: string): boolean =>
  ipaddr.IPv4.isValidCIDRFourPartDecimal(text) ||
  (ipaddr.IPv6.isValidCIDR(text) && !ipaddr.IPv6.parseCIDR(text)[0].isIPv4MappedAddress());

const wholeRange = (address: Address): [Address, number] => [address, address.kind() === 'ipv4' ? 32 : 128];

/** As a URL names it: lower case, Punycode, no brackets, numbers as dotted decimals. */
function nameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? hostOf(new URL(`http://${host}/`)) : undefined;
}

const portOf = ({ port, protocol }: URL): number => (port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port));

export const rulesFor = (url: URL, rules: readonly AllowRule[]): AllowRule[] =>
  rules.filter(({ port }) => port === undefined || port === portOf(url));

export const allowsName = (rule: AllowRule, host: string): boolean =>
  ('host' in rule && rule.host === host) || ('ending' in rule && host.endsWith(rule.ending));

export const allowsAddress = (rule: AllowRule, address: Address): boolean =>
  'range' in rule && rule.range[0].kind() === address.kind() && address.match(rule.range[0], rule.range[1]);

/** By what the URL says, whatever that resolves to. */
export function isListed(url: URL, rules: readonly AllowRule[]): boolean {
  const host = hostOf(url);
  const address = ipaddr.isValid(host) ? ipaddr.process(host) : undefined;
  return rulesFor(url, rules).some((rule) => allowsName(rule, host) || (address && allowsAddress(rule, address)));
}

/** Without brackets and without the dot that ends a name. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
