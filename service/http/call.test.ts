import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it, test } from 'vitest';
import { Call } from './call.ts';

const REQUEST = new Request('http://localhost/tasks');
const nextId = () => 'id';

describe('a header', () => {
  const callOf = (...rawHeaders: string[]) =>
    new Call(REQUEST, Object.assign(new IncomingMessage(new Socket()), { rawHeaders }), nextId);

  it.each([
    ['Host', 'localhost', 'HOST', 'localhost'],
    ['X', 'y', 'host', 'a', 'host', 'b', 'Host', 'c'],
  ])('that came more than once is repeated: %s %s %s %s', (...raw) => {
    expect(callOf(...raw).isRepeated('host')).toBe(true);
  });

  it('that is named by a value, or by a part of a name, is not', () => {
    expect(callOf('Host', 'localhost', 'X-Sent-As', 'host', 'X-Host', 'a').isRepeated('host')).toBe(false);
  });
});

const [TRACE, PARENT] = ['a'.repeat(32), 'b'.repeat(16)];

test.each([
  [`00-${TRACE}-${PARENT}-01`, true],
  [`fe-${TRACE}-${PARENT}-00`, true],
  [`ff-${TRACE}-${PARENT}-01`, false],
  [`00-${'0'.repeat(32)}-${PARENT}-01`, false],
  [`00-${TRACE}-${'0'.repeat(16)}-01`, false],
  [`00-${TRACE.toUpperCase()}-${PARENT}-01`, false],
  [`00-${TRACE}-${PARENT}-01-more`, false],
])('of the trace contexts is %s carried on: %s', (traceparent, isCarried) => {
  const call = new Call(new Request(REQUEST, { headers: { traceparent } }), undefined, nextId);
  expect(call.traceparent).toBe(isCarried ? traceparent : undefined);
  expect(call.traceId).toBe(isCarried ? TRACE : undefined);
});
