/** A judge of tokens for tests: the real one, under a virtual clock, with an issuer on a real socket. */
import type { JWTPayload } from 'jose';
import type { Clock, Log } from '../../core/ports.ts';
import { AUDIENCE, startIssuer } from '../../testing/issuer.ts';
import type { Issuer } from '../../testing/issuer.ts';
import { VirtualTime } from '../../testing/virtual-time.ts';
import type { Door } from '../door-under-test.ts';
import { openDoor } from '../door-under-test.ts';
import { simulatedHouse } from '../simulated-house.ts';
import { Callers } from './callers.ts';
import type { Failures } from './failures.ts';
import type { Asking } from './issuer-keys.ts';
import { KeyStore } from './key-store.ts';
import type { OidcSettings } from './oidc.ts';
import { openOidc } from './oidc.ts';
import type { TokenJudge } from './token-judge.ts';

export interface GivenOidc extends TokenJudge {
  readonly issuer: Issuer;
  readonly nowSeconds: () => number;
  /** Lets time pass, with what was to happen meanwhile. */
  readonly pass: (ms: number) => Promise<void>;
  /** What the log says, by event and reason. */
  readonly lines: readonly string[];
  /** Claims that are good now. */
  readonly claims: (more?: JWTPayload) => JWTPayload;
  readonly clock: Clock;
  /** A server that takes its tokens. */
  readonly door: (failures?: Failures) => Door;
  /** The judge of a server that has just started. */
  readonly restarted: (settings?: Partial<OidcSettings>, asking?: Asking) => TokenJudge;
}

export async function givenOidc({ alg, issuer }: { alg?: string; issuer?: Issuer } = {}): Promise<GivenOidc> {
  const from = issuer ?? (await startIssuer(alg));
  const time = new VirtualTime();
  const lines: string[] = [];
  const note = (event: string, fields: { reason?: string | undefined } = {}) =>
    void lines.push(`${event} ${fields.reason ?? ''}`.trim());
  const log: Log = { debug: note, info: note, warn: note, error: note };
  const clock: Clock = {
    nowMs: () => time.nowMs,
    monotonicMs: () => time.nowMs,
    timer: (ms, callback) => time.after(ms, callback),
  };
  const settings: OidcSettings = {
    issuer: from.url,
    jwksUrl: undefined,
    audience: AUDIENCE,
    tenant: { claim: 'tenant' },
    scopesClaim: 'scope',
    scopesMap: undefined,
  };
  const judge = openOidc(settings, { clock, log })!;
  const restarted = (more: Partial<OidcSettings> = {}, asking?: Asking) =>
    openOidc({ ...settings, ...more }, { clock, log }, asking)!;
  const nowSeconds = () => Math.floor(time.nowMs / 1_000);
  return {
    ...judge,
    clock,
    door: (failures) => {
      const { keyValue, random } = simulatedHouse().house.desk.ports;
      const ports = { keyValue, random, clock, log };
      const options = { ports, keys: new KeyStore(ports), allowsLocal: false, tokens: judge };
      return openDoor({ house: { identity: new Callers({ ...options, ...(failures && { failures }) }) } });
    },
    issuer: from,
    nowSeconds,
    pass: (ms) => time.play(() => false, time.nowMs + ms),
    lines,
    claims: (more = {}) => ({
      ...{ iss: from.url, aud: AUDIENCE, sub: 'ann', tenant: 'acme', scope: 'tasks:read openid', name: 'Ann' },
      ...{ iat: nowSeconds(), exp: nowSeconds() + 300, ...more },
    }),
    restarted,
  };
}
