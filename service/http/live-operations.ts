/** createTicket: the way into the live channel. And what the path of the channel answers to plain HTTP. */
import type { Operations } from '@holdfast/api/operation';
import { Refusal } from '../core/refusal.ts';
import type { Asked, House } from './house.ts';
import type { Page } from './page.ts';
import { issueTicket } from './tickets.ts';
import { timestamp } from './view.ts';

export const LIVE_PATH = '/live';
export const PROTOCOL = 'holdfast.v1';

export function liveOperations({ desk, liveUrl }: House): Pick<Operations<Asked>, 'createTicket'> {
  return {
    createTicket: async (_, { principal }) => {
      const { ticket, expiresAtMs } = await issueTicket(desk.ports, principal);
      const protocols = [PROTOCOL, `ticket.${ticket}`];
      return { status: 201, body: { ticket, protocols, url: liveUrl ?? null, expiresAt: timestamp(expiresAtMs) } };
    },
  };
}

/** Handshakes leave the corridor of HTTP before they come here. */
export const noHandshake: Page = () => {
  throw new Refusal('invalid-header', 'Open this path as a WebSocket: it needs the headers Connection and Upgrade.');
};
