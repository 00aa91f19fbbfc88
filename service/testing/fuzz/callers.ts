/** Who sends a planned request, and what he may. Whoever may nothing has no scopes at all, not an empty set of them. */
import type { Scope } from '@holdfast/api/types';
import { SCOPES } from '../../http/principal.ts';
import type { Identities } from '../identities.ts';
import type { Seeded } from '../seeded.ts';

export interface Caller {
  /** Whose things he may see; of who is nobody, in whose name he tries. */
  readonly tenant: string;
  /** Undefined: nobody, and 401 is due. */
  readonly scopes: ReadonlySet<Scope> | undefined;
  /** The whole header; undefined sends none. */
  readonly authorization: string | undefined;
  /** A key that the run has made itself, and may have revoked, rotated or not made yet. */
  readonly isMade?: boolean;
}

/** Of a run. */
export const TENANTS: readonly string[] = ['alpha', 'beta'];

const FULL = 0.55;
const ANY = 0.15;
const MADE = 0.1;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** All that is wrong with a header without any identity behind it. */
const NOTHINGS: readonly (string | undefined)[] = [
  ...[
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic YTpi',
    'Bearer a b',
    'Bearer \u00e9',
    'Negotiate x',
    '[object Object]',
  ],
  ...[`Bearer holdfast_alpha_aaaaaaaaaaaa_${'a'.repeat(48)}`, 'Bearer e30.e30.', `Bearer ${'x'.repeat(9_000)}`],
];

export const hasAll = ({ scopes }: Caller): boolean => scopes?.size === SCOPES.length;

/** Mostly somebody with all scopes, so that there is something to see. */
export function callerFrom(callers: readonly Caller[], random: Seeded): Caller {
  const chance = random.uniform();
  const one = random.pick(callers);
  if (chance < FULL) return random.pick(callers.filter(hasAll));
  if (chance < FULL + ANY) return one;
  const nobody = { tenant: one.tenant, scopes: undefined };
  if (chance < FULL + ANY + MADE) return { ...nobody, authorization: undefined, isMade: true };
  const { authorization: good = '' } = one;
  return {
    ...nobody,
    authorization: random.chance(0.5) && good !== '' ? flipped(good, random) : random.pick(NOTHINGS),
  };
}

/** One letter of the credential is another: that is no way to write the same. */
function flipped(authorization: string, random: Seeded): string {
  const from = authorization.indexOf(' ') + 1;
  const at = random.between(from, authorization.length - 1);
  const others = LETTERS.replace(authorization[at]!.toLowerCase(), '');
  return authorization.slice(0, at) + others.charAt(random.between(0, others.length - 1)) + authorization.slice(at + 1);
}

/** What stands in texts and ids of one tenant alone, so that it tells whose they are. */
export const tenantMark = (tenant: string): string => `-of-${tenant}-`;

/** All together, each alone, and none. */
const SCOPE_SETS: readonly (readonly Scope[])[] = [SCOPES, ...SCOPES.map((scope) => [scope]), []];

/** No key has no scope. */
export const SCOPES_OF_KEYS = SCOPE_SETS.slice(0, -1);

/** One of each tenant and set of scopes, by whatever makes what stands behind `Bearer `. */
export async function callersBy(
  make: (tenant: string, scopes: readonly Scope[]) => Promise<string>,
  sets = SCOPE_SETS,
): Promise<Caller[]> {
  const all = TENANTS.flatMap((tenant) => sets.map((scopes) => ({ tenant, scopes })));
  return Promise.all(
    all.map(async ({ tenant, scopes }) => ({
      ...{ tenant, scopes: new Set(scopes) },
      authorization: `Bearer ${await make(tenant, scopes)}`,
    })),
  );
}

/** Tokens of an issuer, and keys that a running server has made for them. */
export async function callersOf(url: string, identities: Identities): Promise<Caller[]> {
  const tokens = await callersBy(identities.token);
  const keys = await callersBy(async (tenant, scopes) => {
    const { authorization } = tokens.find((each) => each.tenant === tenant && hasAll(each))!;
    const headers = { 'Content-Type': 'application/json', Authorization: authorization! };
    const body = JSON.stringify({ name: 'of a run', scopes });
    const answer = await fetch(`${url}/keys`, { method: 'POST', headers, body });
    return ((await answer.json()) as { key: string }).key;
  }, SCOPES_OF_KEYS);
  return [...tokens, ...keys];
}
