/** Who may open the channel: what HTTP would say to this request first, then the handshake, then the ticket. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../core/refusal.ts';
import { Call, pathOf } from '../http/call.ts';
import type { Guests } from '../http/gate.ts';
import { refuseStrangers } from '../http/gate.ts';
import { LIVE_PATH, PROTOCOL } from '../http/live-operations.ts';

const KEY = /^[+/0-9A-Za-z]{22}==$/;
const VERSION = '13';
const TICKET = 'ticket.';

/** Everything else is plain HTTP, also with an Upgrade header: Node would hand over every such request. */
export const isHandshake = ({ method, url = '', headers }: IncomingMessage): boolean =>
  method === 'GET' && pathOf(url) === LIVE_PATH && headers.upgrade?.toLowerCase() === 'websocket';

/** A Call reads what was sent from the incoming message itself. */
const UNREAD = new Request(`http://localhost${LIVE_PATH}`);

export const callOf = (incoming: IncomingMessage, nextId: () => string): Call => new Call(UNREAD, incoming, nextId);

/** The ticket, unjudged. Throws the refusals of strangers, unknown-parameter and invalid-header. */
export function ticketIn(call: Call, guests: Guests): string | undefined {
  refuseStrangers(call, guests);
  if (call.incoming?.url?.includes('?')) throw new Refusal('unknown-parameter', 'This path takes no parameters.');
  const protocols = protocolsIn(call.header('sec-websocket-protocol'));
  const fault = faultOf(call) ?? faultIn(protocols) ?? bodyFaultOf(call);
  if (fault !== undefined) throw new Refusal('invalid-header', fault);
  return ticketAmong(protocols);
}

/** For who has a Sec-WebSocket-Protocol alone, because the handshake itself is somebody else's. Throws invalid-header. */
export function ticketOffered(header: string | undefined): string | undefined {
  const protocols = protocolsIn(header);
  const fault = faultIn(protocols);
  if (fault !== undefined) throw new Refusal('invalid-header', fault);
  return ticketAmong(protocols);
}

const protocolsIn = (header = ''): string[] => header.split(',').map((each) => each.trim());

function ticketAmong(protocols: readonly string[]): string | undefined {
  const tickets = protocols.filter((each) => each.startsWith(TICKET));
  return tickets.length === 1 ? tickets[0]!.slice(TICKET.length) : undefined;
}

/** In words, or undefined when the channel can be opened. */
function faultOf(call: Call): string | undefined {
  if (call.header('sec-websocket-version') !== VERSION) return 'Sec-WebSocket-Version must be 13.';
  if (!KEY.test(call.header('sec-websocket-key') ?? '')) return 'Sec-WebSocket-Key must be 16 bytes in base64.';
  return undefined;
}

function faultIn(protocols: readonly string[]): string | undefined {
  if (!protocols.includes(PROTOCOL)) return `Sec-WebSocket-Protocol must offer ${PROTOCOL}.`;
  if (new Set(protocols).size < protocols.length) return 'Sec-WebSocket-Protocol names a protocol twice.';
  if (!protocols.every((each) => /^[\w.-]+$/.test(each))) return 'Sec-WebSocket-Protocol is wrong.';
  return undefined;
}

function bodyFaultOf(call: Call): string | undefined {
  const hasBody = call.header('transfer-encoding') !== undefined || (call.header('content-length') ?? '0') !== '0';
  return hasBody ? 'A handshake has no body.' : undefined;
}
