/** A web server on loopback for tests of what is sent: it keeps the requests and answers them as the test says. */
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly atMs: number;
}

export interface Receiver {
  readonly port: number;
  /** `127.0.0.1:<port>`. */
  readonly host: string;
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
}

export interface ReceiverOptions {
  /** Of TLS, when the receiver speaks it. */
  readonly certificate?: { readonly key: string; readonly cert: string };
}

export async function startReceiver(answer: RequestListener, { certificate }: ReceiverOptions = {}): Promise<Receiver> {
  const received: Received[] = [];
  const listener: RequestListener = (request, response) => {
    void text(request).then((body) => {
      const { method = '', url: path = '', headers } = request;
      received.push({ method, path, headers, body, atMs: performance.now() });
      answer(request, response);
    });
  };
  const server: Server = certificate ? createSecureServer(certificate, listener) : createServer(listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => void sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const host = `127.0.0.1:${port}`;
  return {
    port,
    host,
    url: `${certificate ? 'https' : 'http'}://${host}`,
    received,
    close: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
