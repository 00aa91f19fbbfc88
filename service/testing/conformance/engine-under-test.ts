/** What the conformance suite needs of an engine: its stores, and a clock the suite can set. */
import { DEFAULT_POLICY, STANDARD } from '../../core/rules.ts';
import type { Rules } from '../../core/rules.ts';
import type { KeyValue, Ledger, Statistics } from '../../core/ports.ts';
import type { LedgerTask } from '../../core/task.ts';
import { ITEM_SCHEMA } from '../../core/task.ts';

export interface EngineUnderTest {
  readonly ledger: Ledger;
  readonly keyValue: KeyValue;
  readonly statistics: Pick<Statistics, 'count' | 'since'>;
  nowMs(): number;
  /** Moves the engine's clock forward. */
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export type OpenEngine = () => Promise<EngineUnderTest>;

export const RULES: Rules = { constants: STANDARD, policyOf: () => DEFAULT_POLICY };

/** A task as a submission would make it. */
export function newTask(nowMs: number, fields: Partial<LedgerTask> = {}): LedgerTask {
  return {
    tenant: 'alpha',
    taskId: 'one',
    schema: ITEM_SCHEMA,
    type: 'simulate',
    payloadVersion: 1,
    status: 'queued',
    version: 1,
    fence: 0,
    failures: 0,
    crashes: 0,
    lostInRow: 0,
    budgetBase: 0,
    notBeforeMs: nowMs,
    dueMs: nowMs + 30_000,
    rings: 0,
    expiresAtMs: nowMs + 86_400_000,
    requestHash: 'hash',
    tags: [],
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    attemptsTotal: 0,
    attempts: [],
    history: [],
    payload: '{"data":1}',
    ...fields,
  };
}

export const CLAIMER = { type: 'simulate', payloadVersions: [1], isolated: false };
