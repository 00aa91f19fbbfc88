/**
 * The runtime inside a container: loads the file of a function, then answers one event after another over IPC. What no handler catches
 * ends the process, as on Lambda. It never outlives the twin.
 */
import { flushCompileCache, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { FromContainer, Invocation } from './container.ts';

type Handler = (event: unknown, context: object) => unknown;

const [file = '', name = '', given = '{}'] = process.argv.slice(2);
const aliases = JSON.parse(given) as Readonly<Record<string, string>>;
const say = (message: FromContainer): void => {
  process.send!(message);
};

process.on('disconnect', () => process.exit());
// A terminal signals the whole group; when a container ends is for the twin to say.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

registerHooks({
  resolve: (specifier, context, next) => {
    const alias = aliases[specifier];
    return alias === undefined
      ? next(specifier, context)
      : { url: pathToFileURL(alias).href, shortCircuit: true, importAttributes: context.importAttributes };
  },
});

const { promise: loaded, resolve: resolveLoaded } = Promise.withResolvers<Handler>();
process.on('message', (invocation: Invocation) => void answer(invocation));
resolveLoaded(((await import(pathToFileURL(file).href)) as Record<string, Handler>)[name]!);
await loaded;
flushCompileCache();
say({ kind: 'loaded' });

async function answer({ event, requestId, functionName, timeoutMs, memoryMb }: Invocation): Promise<void> {
  const handler = await loaded;
  const startedAtMs = performance.now();
  const context = {
    functionName,
    functionVersion: '$LATEST',
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, timeoutMs - (performance.now() - startedAtMs)),
  };
  try {
    const payload = await handler(event, context);
    say({ kind: 'answered', requestId, payload: payload ?? null });
  } catch (error) {
    const { name: errorType, message: errorMessage } = error instanceof Error ? error : new Error(String(error));
    console.error(error);
    say({ kind: 'failed', requestId, errorType, errorMessage });
  }
}
