/**
 * Tokens of an OpenID Connect issuer: a bearer token comes in, out comes whom it stands for, or nothing. Signature, issuer,
 * audience and times are judged by jose under our clock; keys are the issuer's alone. A token that was judged valid is not
 * judged again for a minute, so that one that is used costs a hash.
 */
import { hash } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { Ports } from '../../core/ports.ts';
import { SECOND } from '../../core/rules.ts';
import type { Principal } from '../principal.ts';
import type { Asking } from './issuer-keys.ts';
import { IssuerKeys } from './issuer-keys.ts';
import type { IssuerAddress } from './issuer.ts';
import type { ClaimRules } from './token-claims.ts';
import { principalOf } from './token-claims.ts';
import type { TokenJudge } from './token-judge.ts';
import { ALGORITHMS, headerOf, MOST_TOKEN_CHARS } from './token-shape.ts';
import { VerifiedTokens } from './verified-tokens.ts';

export interface OidcSettings extends IssuerAddress, ClaimRules {
  /** Whom its tokens must be meant for. */
  readonly audience: string;
}

type OidcPorts = Pick<Ports, 'clock' | 'log'>;

/** Between our clock and the issuer's. */
const TOLERANCE_SECONDS = 30;

/** Undefined where no issuer is configured. Asks the issuer for its keys at once, unless that is to be done within requests. */
export function openOidc(
  settings: OidcSettings | undefined,
  { clock, log }: OidcPorts,
  asking: Asking = { beside: true },
): TokenJudge | undefined {
  if (settings === undefined) return undefined;
  const keys = new IssuerKeys(settings, { clock, log }, asking);
  if (asking.beside) void keys.renew();
  const verified = new VerifiedTokens(clock);
  const known = (token: string): Principal | undefined => verified.get(digestOf(token));
  const judgeAnew = async (token: string): Promise<Principal | undefined> => {
    const judged = await judge(token, { settings, keys, clock });
    if ('refused' in judged) {
      verified.forget(digestOf(token));
      log.debug('token-refused', { reason: judged.refused });
      return undefined;
    }
    const { principal } = judged;
    verified.add(digestOf(token), principal, principal.expiresAtMs! + TOLERANCE_SECONDS * SECOND);
    return principal;
  };
  return {
    known,
    wasGood: (token) => verified.has(digestOf(token)),
    judge: async (token) => known(token) ?? (await judgeAnew(token)),
  };
}

/** What is too long to be judged is not worth its hash. */
const digestOf = (token: string): string => (token.length > MOST_TOKEN_CHARS ? '' : hash('sha256', token, 'base64url'));

interface Means {
  readonly settings: OidcSettings;
  readonly keys: IssuerKeys;
  readonly clock: OidcPorts['clock'];
}

/** `refused`: a word for the log. */
type Judged = { readonly principal: Principal } | { readonly refused: string };

async function judge(token: string, { settings, keys, clock }: Means): Promise<Judged> {
  const header = headerOf(token);
  if (header === undefined) return { refused: 'shape' };
  const key = await keys.keyFor(header);
  if (key === undefined) return { refused: 'unknown-key' };
  const options = {
    algorithms: ALGORITHMS,
    issuer: settings.issuer,
    audience: settings.audience,
    clockTolerance: TOLERANCE_SECONDS,
    currentDate: new Date(clock.nowMs()),
  };
  try {
    const { payload } = await jwtVerify(token, key, options);
    const principal = principalOf(payload, settings);
    return principal === undefined ? { refused: 'claims' } : { principal };
  } catch (error) {
    if (error instanceof errors.JOSEError) return { refused: reasonOf(error) };
    throw error;
  }
}

/** `ERR_JWT_EXPIRED` as `jwt-expired`, with the claim where it is about one. */
function reasonOf(error: errors.JOSEError): string {
  const word = error.code.replace(/^ERR_/, '').replaceAll('_', '-').toLowerCase();
  return error instanceof errors.JWTClaimValidationFailed ? `${word}-${error.claim}` : word;
}
