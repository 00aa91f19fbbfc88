/**
 * Judges what `npm audit --json` has said about all that is installed, for what is shipped. Out comes a verdict: what has to
 * be mended, what is known and excepted until a day, what is too slight; or that nobody was asked, which is no good news.
 */
import type { Shipped } from './shipped.ts';

export interface Advisory {
  readonly name: string;
  /** GHSA-… where the registry tells, else its own number. */
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly range: string;
  readonly url: string;
}

export interface Exception {
  readonly advisory: string;
  readonly name: string;
  /** Why it does no harm here. */
  readonly reason: string;
  /** The last day on which it holds, as 2026-12-31. */
  readonly until: string;
}

export type Verdict =
  | { readonly kind: 'not asked'; readonly why: string }
  | {
      readonly kind: 'judged';
      readonly blocking: readonly Advisory[];
      readonly excepted: readonly (Advisory & Pick<Exception, 'reason' | 'until'>)[];
      readonly slight: readonly Advisory[];
      /** Exceptions that are over, say no reason or fit nothing any more. */
      readonly faults: readonly string[];
    };

/** Anything else, and what a registry may invent, blocks. */
const SLIGHT: ReadonlySet<string> = new Set(['info', 'low', 'moderate']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** An exception is a promise to look again, not a way to forget. */
const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

export interface Judging {
  readonly shipped: readonly Shipped[];
  readonly exceptions: readonly Exception[];
  readonly nowMs: number;
}

export function verdictOn(report: unknown, { shipped, exceptions, nowMs }: Judging): Verdict {
  const { auditReportVersion, vulnerabilities, message } = (report ?? {}) as Partial<Report>;
  if (auditReportVersion !== 2 || vulnerabilities === undefined) {
    return { kind: 'not asked', why: message ?? 'npm answered in a form that is not known here' };
  }
  const advisories = advisoriesIn(vulnerabilities, new Set(shipped.map(({ path }) => path)));
  const standing = exceptions.filter((each) => faultOf(each, nowMs) === undefined);
  const exceptionOf = ({ id, name }: Advisory): Exception | undefined =>
    standing.find((each) => each.advisory === id && each.name === name);
  const serious = advisories.filter(({ severity }) => !SLIGHT.has(severity));
  const excepted = serious.flatMap((each) => {
    const exception = exceptionOf(each);
    return exception ? [{ ...each, reason: exception.reason, until: exception.until }] : [];
  });
  return {
    kind: 'judged',
    blocking: serious.filter((each) => exceptionOf(each) === undefined),
    excepted,
    slight: advisories.filter(({ severity }) => SLIGHT.has(severity)),
    faults: exceptions.flatMap(
      (each) =>
        faultOf(each, nowMs) ??
        (excepted.some(({ id, name }) => id === each.advisory && name === each.name) ? [] : unneeded(each)),
    ),
  };
}

/** https://docs.npmjs.com/cli/commands/npm-audit: a `via` that is a text names another entry, where it stands in full. */
interface Report {
  readonly auditReportVersion: number;
  readonly message: string;
  readonly vulnerabilities: Readonly<Record<string, Vulnerability>>;
}

interface Vulnerability {
  readonly name: string;
  readonly via: readonly (string | Via)[];
  /** Folders. */
  readonly nodes: readonly string[];
}

interface Via {
  readonly source: number;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  readonly range: string;
}

const advisoriesIn = (vulnerabilities: Report['vulnerabilities'], folders: ReadonlySet<string>): Advisory[] =>
  Object.values(vulnerabilities)
    .filter(({ nodes }) => nodes.some((folder) => folders.has(folder)))
    .flatMap(({ name, via }) =>
      via
        .filter((each) => typeof each !== 'string')
        .map(({ source, title, url, severity, range }) => ({
          ...{ name, title, severity, range, url },
          id: /GHSA(?:-[0-9a-z]{4}){3}/.exec(url)?.[0] ?? String(source),
        })),
    );

const shown = ({ advisory, name }: Exception): string => `the exception for ${advisory} of ${name}`;

function faultOf(exception: Exception, nowMs: number): string | undefined {
  const { reason, until } = exception;
  const endMs = DAY.test(until) ? Date.parse(until) + DAY_MS : NaN;
  if (Number.isNaN(endMs)) return `${shown(exception)} has no end: write until as 2026-12-31`;
  if (endMs <= nowMs) return `${shown(exception)} ended on ${until}: mend it, or judge it anew`;
  if (endMs > nowMs + MOST_DAYS * DAY_MS) return `${shown(exception)} lasts longer than ${MOST_DAYS} days`;
  return reason.trim() === '' ? `${shown(exception)} says no reason` : undefined;
}

const unneeded = (exception: Exception): string => `${shown(exception)} fits nothing any more: remove it`;
