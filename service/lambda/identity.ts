/** Who asks a function: its settings and the store come in, out comes the identity of every request, as on one machine. */
import type { Ports } from '../core/ports.ts';
import { addressReader } from '../http/identity/address.ts';
import { Callers } from '../http/identity/callers.ts';
import { createFailures } from '../http/identity/failures.ts';
import type { Identity } from '../http/identity/identity.ts';
import { KeyStore } from '../http/identity/key-store.ts';
import { openOidc } from '../http/identity/oidc.ts';
import type { AwsSettings } from './settings.ts';

type IdentitySettings = Pick<AwsSettings<never>, 'identity' | 'oidc'>;

export interface SignIn {
  readonly keys: KeyStore;
  readonly identity: Identity & Pick<Callers, 'settled'>;
}

type IdentityPorts = Pick<Ports, 'keyValue' | 'clock' | 'random' | 'log'>;

/** Failures are counted in this container alone; API Gateway says by whom it was asked, and nobody else is believed. */
export function openIdentity({ identity, oidc }: IdentitySettings, ports: IdentityPorts): SignIn {
  const keys = new KeyStore(ports);
  const callers = new Callers({
    ports,
    keys,
    allowsLocal: identity === 'local',
    tokens: openOidc(oidc, ports, { beside: false }),
    failures: createFailures(ports),
    addressOf: addressReader([]),
  });
  return { keys, identity: callers };
}
