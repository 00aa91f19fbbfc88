/** What k6 says beside its figures, a JSON object a line: whole into a file, and the first of each kind to whoever waits. */
import type { Readable } from 'node:stream';
import { createInterface } from 'node:readline';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

interface Line {
  readonly level: string;
  readonly msg: string;
  /** Why a request failed. */
  readonly error?: string;
  /** `stacktrace`: a script threw. */
  readonly source?: string;
}

export interface K6Log {
  /** How often a script threw; k6 itself goes on and calls that a success. */
  readonly thrown: number;
  /** The first line of level error, in words. */
  readonly reason: string | undefined;
}

const MOST_SHOWN = 5;
/** The table says it better. */
const SAID_ELSEWHERE = /^thresholds on metrics .* have been crossed/;

/** Resolves when k6 has closed its output. */
export async function readK6Log(from: Readable, file: string, say: (line: string) => void): Promise<K6Log> {
  const kept = createWriteStream(file);
  const shown = new Set<string>();
  let thrown = 0;
  let reason: string | undefined;
  for await (const text of createInterface({ input: from })) {
    kept.write(`${text}\n`);
    const { level, msg, error, source } = lineIn(text);
    const words = wordsOf(error === undefined ? msg : `${msg}: ${error}`);
    if (source === 'stacktrace') thrown += 1;
    if (level === 'error' && !SAID_ELSEWHERE.test(words)) reason ??= words;
    if (level === 'info' || SAID_ELSEWHERE.test(words) || shown.has(words)) continue;
    shown.add(words);
    if (shown.size <= MOST_SHOWN) say(`k6: ${words}`);
    if (shown.size === MOST_SHOWN + 1) say(`k6 says more; all of it stands in ${file}.`);
  }
  kept.end();
  await once(kept, 'close');
  return { thrown, reason };
}

function lineIn(text: string): Line {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return { level: 'error', msg: text };
  }
}

/** A stack says where in the script, which only its maintainer wants; a list of what is wrong begins with a colon. */
const wordsOf = (msg: string): string =>
  msg
    .replace(/:\n\s*-?\s*/, ': ')
    .split('\n')[0]!
    .replace(/^(?:Uncaught )?(?:\w*Error|GoError): /, '');
