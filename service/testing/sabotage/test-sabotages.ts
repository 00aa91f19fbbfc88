/**
 * One-line sabotages that a test notices, not the simulation: they cost latency, an attempt or an answer there, or lie in an
 * engine that it does not play. And those of features that do not exist yet.
 */
import type { Patch } from './patch.ts';

/** The cheapest test that ought to see it. */
export interface NamedTest {
  /** Its file, below service/. */
  readonly tests: string;
  /** Its name. */
  readonly caughtBy: string;
}

export interface TestSabotage extends Patch, NamedTest {}

export const TEST_SABOTAGES: readonly TestSabotage[] = [
  {
    name: 'visibility used for backoff',
    file: 'core/attempt.ts',
    line: '  await Promise.all([told, won && follow(ports, rules, [won])]);',
    becomes:
      "  if (won?.move === 'fail') return 'again'; else await Promise.all([told, won && follow(ports, rules, [won])]);",
    tests: 'core/attempt.test.ts',
    caughtBy: 'three failures with backoff between them are dead, and announced [S6][S7]',
  },
  {
    name: 'no self-abort',
    file: 'core/supervise.ts',
    line: '    const leaseGuardMs = this.#leaseEndsMs - this.#worker.rules.constants.abortBeforeMs;',
    becomes: '    const leaseGuardMs = Infinity;',
    tests: 'core/attempt.test.ts',
    caughtBy: 'that cannot be confirmed makes the handler stop before it ends',
  },
  {
    name: 'owner token ignored after a lost reply',
    file: 'core/claim.ts',
    line: "  if (task.status === 'running' && task.owner === move.set.owner) return 'ours';",
    becomes: '',
    tests: 'core/attempt.test.ts',
    caughtBy: 'of a claim is recognised by its owner token: no second claim, no attempt is lost [S3]',
  },
  {
    name: 'owner token ignored after the lost reply of a commit',
    file: 'core/attempt.ts',
    line: '      if (showsOurMove(found, move, task)) return { move: move.name, task: found };',
    becomes: '',
    tests: 'core/attempt.test.ts',
    caughtBy: 'of a commit is recognised: the next attempt is rung once [S9]',
  },
  {
    name: 'claim never pulls due back',
    file: 'core/claim.ts',
    line: "    if (next === 'pull-due') pullDue = true;",
    becomes: '',
    tests: 'core/attempt.test.ts',
    caughtBy: 'of a claim pulls a due back that lies too late, and is as long as any [S18]',
  },
  {
    name: 'a look that reached nobody counts',
    file: 'core/sweep.ts',
    line: '  await takeBack(ports, rules, untaken);',
    becomes: '',
    tests: 'core/sweep.test.ts',
    caughtBy: 'finds soon what could not be rung for, however long the queue was away [S18]',
  },
  {
    name: 'redrive allowed before announced, by the answer',
    file: 'core/operate.ts',
    line: "  if (task.announcement === 'pending') {",
    becomes: "  if (task.announcement === 'pending' && task.version < 0) {",
    tests: 'core/operate.test.ts',
    caughtBy: 'of a death that nobody was told of yet is refused, to be tried again',
  },
  {
    name: 'redrive allowed before announced, by the write',
    file: 'core/operator-moves.ts',
    line: '  clauses.announcementSent,',
    becomes: '',
    tests: 'core/move-conditions.test.ts',
    caughtBy: 'redrive is lost on "announced"',
  },
  {
    name: 'batch item failures ignored',
    file: 'lambda/work.ts',
    line: '      .filter((_, i) => !kept[i])',
    becomes: '      .filter((_, i) => !kept[i] && i < 0)',
    tests: 'lambda/work.test.ts',
    caughtBy: 'of k bells that cannot be rung anew either, exactly k messages are given back',
  },
  {
    name: 'entries that the queue refused are taken for sent',
    file: 'aws/sqs-send.ts',
    line: "    return batch.map((_, i) => (sent.has(String(i)) ? 'sent' : 'failed'));",
    becomes: "    return batch.map((_, i) => (sent.has(String(i)) || i >= 0 ? 'sent' : 'failed'));",
    tests: 'aws/sqs-doorbell.test.ts',
    caughtBy: 'what the queue refuses of a batch is told bell by bell, and the others are rung',
  },
  {
    name: 'keys that a batch left unprocessed are taken for absent',
    file: 'aws/dynamo-calls.ts',
    line: '    left = undone;',
    becomes: '    left = [];',
    tests: 'aws/dynamo-faults.test.ts',
    caughtBy: 'asks again for the keys that a batch left unprocessed',
  },
  {
    name: 'sibling text written under a fixed key',
    file: 'aws/siblings.ts',
    line: "  `${kind}#${hash('sha256', text, 'base64url').slice(0, 22)}`;",
    becomes: "  `${kind}#${hash('sha256', text, 'base64url').slice(0, 0)}`;",
    tests: 'aws/dynamo-ledger.test.ts',
    caughtBy: 'that ends a lost attempt with a long result, before or after the winner, touches nothing of it',
  },
  {
    name: 'sibling detail written under a fixed key',
    file: 'aws/siblings.ts',
    line: 'const detailKey = (PK: string, fence: number): Key => ({ PK, SK: `A#${fence}` });',
    becomes: 'const detailKey = (PK: string, _fence: number): Key => ({ PK, SK: `A#` });',
    tests: 'aws/conformance.test.ts',
    caughtBy: 'the detail of each failed attempt lies under its fence',
  },
];

/** Of the list that the suite must catch, what nobody can sabotage yet. */
export const AWAITED: readonly { readonly name: string; readonly comesWith: string }[] = [
  { name: 'breaker without permit', comesWith: 'breakers' },
  { name: 'failed probe charged', comesWith: 'breakers' },
  { name: 'order: lowest entry not checked', comesWith: 'ordering keys' },
];
