import { expect, it, test } from 'vitest';
import { UnusableOptions, wantedBy } from './serve-dashboard.ts';

it('asks the API that is named, and its live channel where one machine has it', () => {
  expect(wantedBy(['--api', 'http://127.0.0.1:4000/'])).toEqual({
    place: { api: 'http://127.0.0.1:4000', live: 'ws://127.0.0.1:4000' },
    port: 4080,
  });
});

it('takes a live channel of another host, of which the policy needs no path', () => {
  const args = ['--api', 'https://a.execute-api.example', '--live', 'wss://b.execute-api.example/dev', '--port', '0'];
  expect(wantedBy(args)).toEqual({
    place: { api: 'https://a.execute-api.example', live: 'wss://b.execute-api.example' },
    port: 0,
  });
});

test.each([
  [[], 'Say where the API is'],
  [['--api', 'example.com'], '--api must be a URL'],
  [['--api', 'https://key@example.com'], '--api must be a URL'],
  [['--api', 'https://example.com', '--live', 'https://example.com'], '--live must be a URL'],
  [['--api', 'https://example.com', '--port', '99999'], '--port must be'],
  [['--apis', 'https://example.com'], 'npm run dashboard -- --api'],
])('%j is told what to do', (args, said) => {
  expect(() => wantedBy(args)).toThrow(UnusableOptions);
  expect(() => wantedBy(args)).toThrow(said);
});
