/** Who was let in, for those who keep connections: whether an identity still stands. Nobody signs in here. */
import type { Ports } from '../core/ports.ts';
import { Callers } from '../http/identity/callers.ts';
import type { Identity } from '../http/identity/identity.ts';
import { KeyStore } from '../http/identity/key-store.ts';
import { openOidc } from '../http/identity/oidc.ts';
import type { AwsSettings } from './settings.ts';

type IdentityPorts = Pick<Ports, 'keyValue' | 'clock' | 'random' | 'log'>;

export const identityOf = (
  { identity, oidc }: Pick<AwsSettings, 'identity' | 'oidc'>,
  ports: IdentityPorts,
): Identity =>
  new Callers({
    ports,
    keys: new KeyStore(ports),
    allowsLocal: identity === 'local',
    tokens: openOidc(oidc, ports),
  });
