// The promises of the operation table: a server that does not keep the contract does not compile.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operations } from './generated/operations.ts';
import { problems } from './generated/problems.ts';
import { bodies, parameters } from './generated/validators.js';

/** Compiles one folder of fixtures with the compiler of the house; returns its complaints. */
function complaintsAbout(folder: string): string {
  const compiler = dirname(createRequire(import.meta.url).resolve('@typescript/native/package.json'));
  const project = join(import.meta.dirname, 'fixtures', folder, 'tsconfig.json');
  const run = spawnSync(process.execPath, [join(compiler, 'bin', 'tsc'), '--pretty', 'false', '-p', project]);
  return run.stdout.toString() + run.stderr.toString();
}

describe('operations', () => {
  test('a server with every handler compiles', () => {
    expect(complaintsAbout('.')).toBe('');
  });

  test('a missing handler and an answer that is not in the contract do not compile', () => {
    const complaints = complaintsAbout('broken');
    expect(complaints).toMatch(/missing-handler\.ts.*'cancelTask' is missing/);
    expect(complaints).toMatch(/wrong-answers\.ts\(5,.*201/s);
    expect(complaints).toMatch(/wrong-answers\.ts\(7,.*"fine"/s);
    expect(complaints).toMatch(/wrong-answers\.ts\(9,.*headers/s);
    expect(complaints.match(/^\S+: error/gm)).toHaveLength(4);
  });

  test('every operation finds its validators and the limit of its body', () => {
    for (const operation of Object.values(operations)) {
      expect(Object.keys(parameters[operation.operationId])).toEqual(['path', 'query', 'headers']);
      if (operation.body) expect(bodies[operation.body.schema]).toBeTypeOf('function');
    }
    expect(operations.submitTask.body.maxBytes).toBe(272 * 1024);
    expect(operations.submitTasks.body.maxBytes).toBe(1024 * 1024);
    expect(operations.cancelTask.body.maxBytes).toBe(4096);
  });

  test('every bad parameter has its problem', () => {
    expect(operations.listTasks.parameterProblems.cursor).toBe('invalid-cursor');
    expect(operations.getTask.parameterProblems).toEqual({ taskId: 'not-found', wait: 'invalid-parameter' });
    expect(operations.submitTask.parameterProblems['idempotency-key']).toBe('invalid-idempotency-key');
    expect(problems['not-announced-yet']).toMatchObject({ status: 409, retryable: true });
  });
});
