/** Handshakes that must not open the channel: a ticket in every place but its own, and whatever else is not let in. */
import type { Handshake } from '../given-live.ts';
import { answerToHandshake } from '../given-live.ts';
import { outcomeIn } from '../raw-client.ts';
import type { Seeded } from '../seeded.ts';
import type { Visit } from './frame-client.ts';

const protocols = (value: string): Handshake => ({ headers: { 'Sec-WebSocket-Protocol': value } });
const alone = 'holdfast.v1';

const WRONG: readonly (readonly [string, string, (ticket: string) => Handshake])[] = [
  ['in the address', '400 unknown-parameter', (ticket) => ({ target: `/live?ticket=${ticket}`, ...protocols(alone) })],
  [
    'in the path',
    '404 not-found',
    (ticket) => ({ target: `/live/${ticket}`, headers: { Connection: 'close', Upgrade: undefined } }),
  ],
  [
    'as a bearer',
    '401 unauthenticated',
    (ticket) => ({ headers: { 'Sec-WebSocket-Protocol': alone, Authorization: `Bearer ${ticket}` } }),
  ],
  [
    'in a cookie',
    '401 unauthenticated',
    (ticket) => ({ headers: { 'Sec-WebSocket-Protocol': alone, Cookie: `ticket=${ticket}` } }),
  ],
  ['without its name', '401 unauthenticated', (ticket) => protocols(`${alone}, ${ticket}`)],
  ['under another name', '401 unauthenticated', (ticket) => protocols(`${alone}, Ticket.${ticket}`)],
  ['cut', '401 unauthenticated', (ticket) => protocols(`${alone}, ticket.${ticket.slice(0, -1)}`)],
  ['with more', '401 unauthenticated', (ticket) => protocols(`${alone}, ticket.${ticket}A`)],
  [
    'beside another',
    '401 unauthenticated',
    (ticket) => protocols(`${alone}, ticket.${ticket}, ticket.${'a'.repeat(40)}`),
  ],
  ['twice', '400 invalid-header', (ticket) => protocols(`${alone}, ticket.${ticket}, ticket.${ticket}`)],
  ['for another protocol', '400 invalid-header', (ticket) => protocols(`holdfast.v9, ticket.${ticket}`)],
  [
    'from a foreign page',
    '403 forbidden-origin',
    (ticket) => ({ ticket, headers: { Origin: 'https://evil.example' } }),
  ],
  ['for a foreign host', '421 misdirected-host', (ticket) => ({ ticket, headers: { Host: 'evil.example' } })],
];

/** In words what was wrong about the answer; undefined when it was right. */
export async function knockWrong({ url, ticket }: Visit, random: Seeded): Promise<string | undefined> {
  const [name, outcome, handshake] = random.pick(WRONG);
  const answer = outcomeIn(await answerToHandshake(url, { ticket, ...handshake(ticket) }));
  return answer === outcome ? undefined : `a ticket ${name} was answered with ${answer}, not ${outcome}`;
}
