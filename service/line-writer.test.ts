import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { lineWriter } from './line-writer.ts';

const LINE = `${'x'.repeat(1023)}\n`;

it('a reader that does not read costs lines, never memory or waiting', () => {
  const stream = new PassThrough();
  const write = lineWriter(stream);
  const written = Array.from({ length: 5_000 }, () => write(LINE)).filter(Boolean).length;
  expect(written).toBeGreaterThan(1_000);
  expect(stream.readableLength + stream.writableLength).toBeLessThan(1.2 * 1024 * 1024);
});

it('a reader that reads again gets lines again', async () => {
  const stream = new PassThrough();
  const write = lineWriter(stream);
  while (write(LINE));
  stream.resume();
  await once(stream, 'drain');
  expect(write(LINE)).toBe(true);
});

it('a reader that has gone ends nothing', async () => {
  const pipe = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  });
  const write = lineWriter(pipe);
  write(LINE);
  await new Promise((resolve) => pipe.once('close', resolve));
  expect(write(LINE)).toBe(false);
});
