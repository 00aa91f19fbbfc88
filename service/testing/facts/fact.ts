/** What AWS says about DynamoDB and this house relies on, or must not: what can be tried, on whom, and who is known to differ. */
import type { Clock, KeyValue, Ledger } from '../../core/ports.ts';
import type { Db } from './dynamo-subject.ts';

export const SUBJECTS = ['simulated', 'dynoxide', 'dynalite', 'adapter'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** An engine, asked through its ports. */
export interface Modelled {
  readonly keyValue: KeyValue;
  readonly clock: Clock;
  readonly ledger: Ledger;
  /** Moves the clock. */
  readonly pass: (ms: number) => Promise<void>;
}

export interface Fact {
  readonly name: string;
  /** Below https://docs.aws.amazon.com/amazondynamodb/latest/. */
  readonly source: string;
  /** Whether it holds where DynamoDB itself can be asked. */
  readonly check: (db: Db) => Promise<boolean>;
  /** The same where only an engine's ports can be asked; of the simulated one alone if it `needsLedger`. */
  readonly model?: (engine: Modelled) => Promise<boolean>;
  readonly needsLedger?: true;
  /** Who is known not to keep it, and why. A difference that is gone is a failing test. */
  readonly differs?: Readonly<Partial<Record<Subject, string>>>;
}

export const GUIDE = {
  conditions: 'developerguide/Expressions.ConditionExpressions.html',
  constraints: 'developerguide/Constraints.html',
  costs: 'developerguide/read-write-operations.html',
  filters: 'developerguide/Query.FilterExpression.html',
  indexes: 'developerguide/GSI.html',
  items: 'developerguide/WorkingWithItems.html',
  keys: 'developerguide/Query.KeyConditionExpressions.html',
  pages: 'developerguide/Query.Pagination.html',
  projections: 'developerguide/Expressions.ProjectionExpressions.html',
  reserved: 'developerguide/ReservedWords.html',
  sizes: 'developerguide/CapacityUnitCalculations.html',
  sparse: 'developerguide/bp-indexes-general-sparse-indexes.html',
  transactions: 'developerguide/transaction-apis.html',
  ttl: 'developerguide/TTL.html',
  types: 'developerguide/HowItWorks.NamingRulesDataTypes.html',
  updates: 'developerguide/Expressions.UpdateExpressions.html',
} as const;

export const apiOf = (operation: string): string => `APIReference/API_${operation}.html`;

const pageOf = ({ source }: Fact): string => /([^/]+)\.html$/.exec(source)![1]!;

/** What the links of the table lead to. */
export const targetOf = (fact: Fact): string =>
  `[${pageOf(fact)}]: https://docs.aws.amazon.com/amazondynamodb/latest/${fact.source}`;

/** Whom a fact is asked of, which the simulated engine and the adapter need not be. */
export const isAsked = ({ model, needsLedger }: Fact, subject: Subject): boolean => {
  if (subject === 'dynoxide' || subject === 'dynalite') return true;
  return model !== undefined && (subject === 'simulated' || !needsLedger);
};

/** The cells of CONTRIBUTING.md, "What the emulators get wrong". */
export const rowOf = (fact: Fact): string[] => [
  fact.name,
  `[${pageOf(fact)}]`,
  ...SUBJECTS.map((subject) => (isAsked(fact, subject) ? (fact.differs?.[subject] ?? 'holds') : '–')),
];
