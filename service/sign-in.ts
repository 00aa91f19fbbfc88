/** Who may use the server of one machine: its settings and engine come in, out comes the identity of every request. */
import type { Settings } from './config.ts';
import type { Ports } from './core/ports.ts';
import { addressReader } from './http/identity/address.ts';
import { Callers } from './http/identity/callers.ts';
import { createFailures } from './http/identity/failures.ts';
import type { Identity } from './http/identity/identity.ts';
import { KeyStore } from './http/identity/key-store.ts';
import { openOidc } from './http/identity/oidc.ts';
import type { ServerLog } from './log.ts';
import { UnusableSettings } from './settings-reader.ts';
import { inShell, keysCommand } from './shell-words.ts';

export interface SignIn {
  readonly keys: KeyStore;
  readonly identity: Identity;
}

/** Throws UnusableSettings when nobody was ever given a key to it, and LedgerUnavailable. */
export async function openSignIn(settings: Settings, ports: Ports, log: ServerLog): Promise<SignIn> {
  const keys = new KeyStore(ports);
  const allowsLocal = settings.identity === 'local';
  if (!allowsLocal && settings.oidc === undefined) {
    const standing = await keys.standing();
    if (standing === 'never-made') throw new UnusableSettings(nobodyCanSignIn(settings));
    // Accepted tasks run on; that nobody gets in is what whoever ended the last key wanted, or sees here.
    if (standing === 'all-ended') log.notice('no-usable-key', [allKeysEnded(settings)]);
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

const allKeysEnded = ({ dataDir }: Settings): string =>
  `Every API key in ${dataDir} is revoked or expired: tasks run on, and nobody can sign in. ` +
  `To mend it stop the server and make one: ${keysCommand()} create …`;

const nobodyCanSignIn = ({ dataDir }: Settings): string =>
  `Nobody could use this server: IDENTITY is required, ${dataDir} has no API key, and OIDC_ISSUER is not set.\n` +
  'Make a first key with this command, which prints it once, then start again:\n' +
  `  DATA_DIR=${inShell(dataDir)} ${keysCommand()} create --tenant acme --name first ` +
  '--scopes admin,tasks:submit,tasks:read,payloads:read,tasks:operate';

/** The server itself speaks plain HTTP alone. */
export function warnOfPlainHttp({ isOnLoopback, host }: Settings, log: ServerLog): void {
  if (isOnLoopback) return;
  const remedy = 'put a proxy with TLS in front of it, and let nobody past that proxy';
  log.notice('plain-http', [`Keys, tokens and tasks travel readable to ${host}: ${remedy}.`]);
}
