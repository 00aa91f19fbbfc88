/** Who may use the server of one machine: its settings and engine come in, out comes the identity of every request. */
import type { Settings } from './config.ts';
import { UnusableSettings } from './config.ts';
import type { Ports } from './core/ports.ts';
import { addressReader } from './http/identity/address.ts';
import { Callers } from './http/identity/callers.ts';
import { createFailures } from './http/identity/failures.ts';
import type { Identity } from './http/identity/identity.ts';
import { KeyStore } from './http/identity/key-store.ts';
import { openOidc } from './http/identity/oidc.ts';
import type { ServerLog } from './log.ts';
import { inShell, keysCommand } from './shell-words.ts';

export interface SignIn {
  readonly keys: KeyStore;
  readonly identity: Identity;
}

/** Throws UnusableSettings when nobody could use the server, and LedgerUnavailable. */
export async function openSignIn(settings: Settings, ports: Ports): Promise<SignIn> {
  const keys = new KeyStore(ports);
  const allowsLocal = settings.identity === 'local';
  if (!allowsLocal && settings.oidc === undefined && !(await keys.hasUsable())) {
    throw new UnusableSettings(nobodyCanSignIn(settings));
  }
  const identity = new Callers({
    ports,
    keys,
    allowsLocal,
    tokens: openOidc(settings.oidc, ports),
    failures: createFailures(ports),
    addressOf: addressReader(settings.trustedProxies),
  });
  return { keys, identity };
}

const nobodyCanSignIn = ({ dataDir }: Settings): string =>
  `Nobody could use this server: IDENTITY is required, ${dataDir} has no usable API key, and OIDC_ISSUER is not set.\n` +
  'Make a first key with this command, which prints it once, then start again:\n' +
  `  DATA_DIR=${inShell(dataDir)} ${keysCommand()} create --tenant acme --name first ` +
  '--scopes admin,tasks:submit,tasks:read,payloads:read,tasks:operate';

/** The server itself speaks plain HTTP alone. */
export function warnOfPlainHttp({ isOnLoopback, host }: Settings, log: ServerLog): void {
  if (isOnLoopback) return;
  const remedy = 'put a proxy with TLS in front of it, and let nobody past that proxy';
  log.notice('plain-http', [`Keys, tokens and tasks travel readable to ${host}: ${remedy}.`]);
}
