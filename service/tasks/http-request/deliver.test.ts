// Real sockets on loopback, which EGRESS_ALLOW names here.
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { connect as connectPlainly } from 'node:net';
import type { HttpRequestPayload } from '@holdfast/api/types';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../testing/certificate.ts';
import type { Receiver, ReceiverOptions } from '../../testing/receiver.ts';
import { startReceiver } from '../../testing/receiver.ts';
import { deliver } from './deliver.ts';
import type { GivenOutside } from './given-input.ts';
import { inputOf, outsideOf, SILENT } from './given-input.ts';

const MEGABYTE = 1024 * 1024;
const ALLOW = '127.0.0.0/8';

let receiver: Receiver | undefined;
afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

const receive = async (answer: RequestListener, options?: ReceiverOptions): Promise<Receiver> =>
  (receiver = await startReceiver(answer, options));

const delivered = (payload: HttpRequestPayload, outside: GivenOutside = { allow: ALLOW }) =>
  deliver(inputOf(payload), outsideOf(outside));

const failure = (payload: HttpRequestPayload, outside?: GivenOutside): Promise<unknown> =>
  delivered(payload, outside).then(
    (result) => ({ unexpected: result }),
    (error: unknown) => error,
  );

const to = (address: string) => [{ address, family: 4 }];

describe('a delivery', () => {
  it('sends what it was given and returns what was answered', async () => {
    const { url, received } = await receive((_, response) => {
      response.writeHead(201, { 'content-type': 'application/json', 'set-cookie': 'a=1' });
      response.end('{"id":7}');
    });
    const result = await delivered({ url: `${url}/a%20b?c=d`, method: 'PUT', body: [1], headers: { 'X-Team': 'one' } });
    expect(result).toMatchObject({ status: 201, body: { id: 7 }, bodyTruncated: false });
    expect(result.headers).not.toHaveProperty('set-cookie');
    expect(received).toMatchObject([{ method: 'PUT', path: '/a%20b?c=d', body: '[1]', headers: { 'x-team': 'one' } }]);
    expect(received[0]!.headers).toMatchObject({ 'idempotency-key': 'key-of-the-task', 'accept-encoding': 'identity' });
  });

  it('masks the secrets of its own tenant, and shows nobody by a mask that he has guessed one of another', async () => {
    const { url } = await receive((_, response) => response.end('the-very-secret and the-other-secret'));
    const secrets = { A: 'the-very-secret', A_TENANTS: 'acme', B: 'the-other-secret', B_TENANTS: 'zeta' };
    const outside = outsideOf({ allow: ALLOW, secrets });
    const bodyFor = async (tenant: string) => (await deliver(inputOf({ url }, { tenant }), outside)).body;
    expect(await bodyFor('acme')).toBe('*** and the-other-secret');
    expect(await bodyFor('zeta')).toBe('the-very-secret and ***');
    expect(await bodyFor('nobody')).toBe('the-very-secret and the-other-secret');
  });

  it.each(['HEAD', 'GET', 'DELETE'] as const)('by %s needs no body, neither way', async (method) => {
    const { url } = await receive((_, response) => response.writeHead(204).end());
    expect(await delivered({ url, method })).toMatchObject({ status: 204, body: '' });
  });

  it('does not read more of an answer than is kept, however long it goes on', async () => {
    let written = 0;
    const { url } = await receive((_, response) => {
      const more = () => {
        while (written < 10 * MEGABYTE && response.write('x'.repeat(65_536))) written += 65_536;
      };
      response.on('drain', more);
      more();
    });
    const { body, bodyTruncated } = await delivered({ url });
    expect([String(body).length, bodyTruncated]).toEqual([16 * 1024, true]);
    expect(written).toBeLessThan(10 * MEGABYTE);
  });

  it('that hangs, or is answered in drops without an end, fails as TIMEOUT', async () => {
    const drip: RequestListener = (_, response) => {
      response.write('x');
      const timer = setInterval(() => response.write('x'), 10);
      response.on('close', () => clearInterval(timer));
    };
    for (const answer of [() => undefined, drip]) {
      const { url } = await receive(answer);
      expect(await failure({ url, timeoutSeconds: 1 })).toMatchObject({ class: 'TIMEOUT', code: 'time-out' });
      await receiver!.close();
    }
  });

  it('waits no longer than its time-out for the look-up of a name', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    const payload = { url: 'http://slow.example/', timeoutSeconds: 1 };
    expect(await failure(payload, { resolve })).toMatchObject({ class: 'TIMEOUT' });
  });

  it('goes by a status that says no, also when the words behind it never end', async () => {
    const { url } = await receive((_, response) => response.writeHead(400).write('because'));
    expect(await failure({ url, timeoutSeconds: 1 })).toMatchObject({ class: 'VALIDATION', code: 'http-400' });
  });

  it('stops when it is aborted', async () => {
    const controller = new AbortController();
    const { url } = await receive(() => controller.abort());
    const running = deliver(inputOf({ url }, { signal: controller.signal }), outsideOf({ allow: ALLOW }));
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each<[string, RequestListener, object]>([
    [
      'is reset before it is answered',
      ({ socket }) => socket.resetAndDestroy(),
      { class: 'NETWORK', code: 'ECONNRESET' },
    ],
    [
      'is broken off within the answer',
      ({ socket }, response) => {
        response.writeHead(200, { 'content-length': '10' });
        response.write('abc', () => socket.destroy());
      },
      { class: 'NETWORK', code: 'ECONNRESET' },
    ],
    ['is answered in no HTTP', ({ socket }) => socket.end('220 mail\r\n'), { class: 'SYSTEM', code: /^HPE_/ }],
    [
      'is answered with endless headers',
      ({ socket }) => socket.end(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(10_000)}\r\n`),
      { class: 'SYSTEM', code: 'HPE_HEADER_OVERFLOW' },
    ],
    [
      'is answered with another protocol',
      ({ socket }) => socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
      { class: 'NETWORK', code: 'EPROTO' },
    ],
  ])('that %s fails with a name', async (_, answer, expected) => {
    const { url, host } = await receive(answer);
    const seen = (await failure({ url, timeoutSeconds: 5 })) as { code: string; message: string };
    const { code } = expected as { code: string | RegExp };
    expect(seen).toMatchObject({ ...expected, code: expect.stringMatching(code) as string });
    expect(seen.message).toBe(`There was no answer from ${host}: ${seen.code}.`);
  });

  it('ignores what comes before the answer', async () => {
    const { url } = await receive(({ socket }) => socket.end(`${EARLY}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi`));
    expect(await delivered({ url })).toMatchObject({ status: 200, body: 'hi' });
  });

  it('to a port where nobody listens is tried again', async () => {
    const { url } = await receive(() => undefined);
    await receiver!.close();
    expect(await failure({ url })).toMatchObject({ class: 'NETWORK', code: 'ECONNREFUSED' });
  });

  it('to a name that nobody knows is tried again', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    const failed = await failure({ url: 'http://none.example/' }, { resolve });
    expect(failed).toMatchObject({ class: 'NETWORK', code: 'ENOTFOUND' });
  });

  it('tells the beginning of a refusal in the log of the attempt, with every secret masked', async () => {
    const { url } = await receive((request, response) => response.writeHead(403).end(request.headers['x-key']));
    const lines: string[] = [];
    const log = { ...SILENT, error: (line: string) => void lines.push(line) };
    const payload = { url, headers: { 'x-key': { secret: 'KEY', prefix: 'a ' } } };
    const outside = outsideOf({ allow: ALLOW, secrets: { KEY: 'the-very-secret' } });
    await expect(deliver(inputOf(payload, { log }), outside)).rejects.toMatchObject({ code: 'http-403' });
    expect(lines).toEqual(['The answer begins: a ***']);
  });
});

const EARLY = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n';

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308])('of status %i is not followed', async (status) => {
    const { url, received } = await receive((_, response) =>
      response.writeHead(status, { location: 'http://127.0.0.1/' }).end(),
    );
    expect(await failure({ url })).toMatchObject({ class: 'VALIDATION', code: 'redirect-refused' });
    expect(received).toHaveLength(1);
  });
});

describe('a connection', () => {
  it('goes to the address that was judged, though the name means another one a moment later', async () => {
    const { port, received } = await receive((_, response) => response.end());
    const answers = [to('93.184.216.34'), to('127.0.0.1')];
    const asked: string[] = [];
    let lookUps = 0;
    const connect = (_: URL, addresses: readonly { address: string }[]): Socket => {
      asked.push(...addresses.map(({ address }) => address));
      return connectPlainly(port, '127.0.0.1');
    };
    const resolve = () => Promise.resolve(answers[lookUps++]!);
    await delivered({ url: 'http://rebound.example/' }, { resolve, connect });
    expect({ lookUps, asked }).toEqual({ lookUps: 1, asked: ['93.184.216.34'] });
    expect(received[0]!.headers.host).toBe('rebound.example');
  });

  it('is pinned by the real one too: it looks nothing up', async () => {
    const { port, received } = await receive((_, response) => response.end());
    const resolve = () => Promise.resolve(to('127.0.0.1'));
    await delivered({ url: `http://no-such-name.invalid:${port}/` }, { resolve, allow: ALLOW });
    expect(received[0]!.headers.host).toBe(`no-such-name.invalid:${port}`);
  });

  it('is not even tried to what is not allowed', async () => {
    const { url, received } = await receive((_, response) => response.end());
    const connect = () => {
      throw new Error('nobody may be asked');
    };
    expect(await failure({ url }, { connect })).toMatchObject({ class: 'VALIDATION', code: 'egress-refused' });
    expect(received).toEqual([]);
  });

  it('is not made to whom nobody vouches for', async () => {
    const certificate = selfSigned('hooks.example.com');
    const { port, received } = await receive((_, response) => response.end(), { certificate });
    const resolve = () => Promise.resolve(to('127.0.0.1'));
    const failed = await failure({ url: `https://hooks.example.com:${port}/` }, { resolve, allow: ALLOW });
    expect(failed).toMatchObject({ class: 'NETWORK', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect(received).toEqual([]);
  });
});
