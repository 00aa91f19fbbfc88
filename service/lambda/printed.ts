/**
 * What handlers print on AWS, where they share a process with the service: told line by line, masked and bounded, as a worker
 * process of the one machine has it told. The log itself goes past it.
 */
import { format } from 'node:util';
import { PrintedLines } from '../handling/printed-lines.ts';

const METHODS = ['debug', 'error', 'info', 'log', 'trace', 'warn'] as const;

/** Bound before anybody can take its place. */
const stdout = process.stdout.write.bind(process.stdout);

/** A line of the service itself. */
export function writeLine(line: string): boolean {
  stdout(line);
  return true;
}

/** Returns the way back, for tests. The runtime of Lambda has a console of its own, which does not write to stdout. */
export function capturePrinted(tell: (line: string) => void): () => void {
  const printed = new PrintedLines(tell);
  const read = (text: string): void => printed.read(text, performance.now());
  const write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    read(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    const done = rest.at(-1);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  const own = { ...console };
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
  for (const name of METHODS) console[name] = (...values: unknown[]) => read(`${format(...values)}\n`);
  for (const { stream } of streams) stream.write = write;
  return () => {
    Object.assign(console, own);
    for (const each of streams) each.stream.write = each.write;
  };
}
