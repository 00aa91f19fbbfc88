/** One connection of a run, from one seed: what it sends, in this order, and what has to come back. */
import type { Seeded } from '../seeded.ts';
import { OPCODES } from './frame-bytes.ts';
import type { Ending } from './frame-endings.ts';
import { endingOf, inPieces, sent } from './frame-endings.ts';
import type { Reply, Speaker } from './frame-messages.ts';
import { rightMessage, wrongMessage } from './frame-messages.ts';

export interface Step {
  readonly name: string;
  /** As a person can read it. */
  readonly shown: string;
  readonly bytes: Buffer;
  readonly frames: number;
  readonly replies: readonly Reply[];
  /** Of pings, in order. */
  readonly echoes: readonly Buffer[];
  /** A task of its tenant that changes once all answers are in; it has to be told of it, if it follows it. */
  readonly changes?: string;
}

export interface Episode {
  readonly steps: readonly Step[];
  readonly ending: Ending;
  /** Whether its bytes come in small pieces. */
  readonly dribbles: boolean;
}

/** Well below the limit of a second. */
const MOST_MESSAGES = 400;
const LONGEST = 40;

export function episodeOf(speaker: Speaker, turn: number): Episode {
  const { random } = speaker;
  const steps: Step[] = [];
  const length = random.between(0, LONGEST);
  for (let messages = 0; steps.length < length && messages < MOST_MESSAGES;) {
    const step = random.pick(KINDS)(speaker);
    steps.push(step);
    messages += step.replies.length + step.echoes.length + 1;
  }
  return { steps, ending: endingOf(random, turn), dribbles: random.chance(0.1) };
}

const message =
  (make: typeof rightMessage) =>
  (speaker: Speaker): Step => {
    const { random } = speaker;
    const { name, text, reply } = make(speaker);
    const payload = Buffer.from(text);
    const isWhole = random.chance(0.8);
    const { bytes, frames, echoes } = isWhole
      ? { bytes: sent(random, OPCODES.text, payload), frames: 1, echoes: [] }
      : inPieces(random, payload);
    return { name, shown: text.slice(0, 200), bytes, frames, replies: [reply], echoes };
  };

const right = message(rightMessage);
const wrong = message(wrongMessage);

function pings({ random }: Speaker): Step {
  const count = random.chance(0.02) ? 200 : 1;
  const echoes = Array.from({ length: count }, () => randomBytes(random, random.pick([0, 1, 20, 125])));
  const bytes = Buffer.concat(echoes.map((payload) => sent(random, OPCODES.ping, payload)));
  return { name: 'ping of the protocol', shown: `${count} pings`, bytes, frames: count, replies: [], echoes };
}

/** Nobody asked for it, and nobody answers. */
function pong({ random }: Speaker): Step {
  const bytes = sent(random, OPCODES.pong, randomBytes(random, random.between(0, 125)));
  return { name: 'pong of the protocol', shown: 'a pong', bytes, frames: 1, replies: [], echoes: [] };
}

function change({ random, own }: Speaker): Step {
  const changes = random.pick(own);
  return { name: 'change', shown: changes, bytes: Buffer.alloc(0), frames: 0, replies: [], echoes: [], changes };
}

const KINDS = [right, right, right, right, wrong, wrong, wrong, wrong, pings, pong, change];

const randomBytes = (random: Seeded, count: number): Buffer =>
  Buffer.from(Array.from({ length: count }, () => random.between(0, 255)));
