// The promises of the contract itself: its examples are true, and its table of problems is the list that clients see.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { operationsOf, resolve, type Contract, type MediaType } from './generator/document.ts';
import { operations } from './generated/operations.ts';
import { problems } from './generated/problems.ts';
import { responses, results } from './generated/response-validators.js';
import { taskTypes, type TaskTypeName } from './generated/task-types.ts';
import { problemCodeValues, type Problem } from './generated/types.ts';
import { bodies, payloads } from './generated/validators.js';
import type { Validator } from './validator.ts';

const contract = JSON.parse(readFileSync(join(import.meta.dirname, 'generated/openapi.json'), 'utf8')) as Contract;
const walk = operationsOf(contract);

function examplesOf(media: MediaType): unknown[] {
  return Object.values(media.examples ?? {}).map((example) => resolve<{ value?: unknown }>(contract, example).value);
}

function expectValid(check: Validator<unknown>, value: unknown): void {
  check(value);
  expect(check.errors ?? []).toEqual([]);
}

describe('the contract', () => {
  test.each(walk.filter(({ body }) => body))('the example body of $id is valid', ({ id, body }) => {
    const examples = examplesOf(body!.media);
    expect(examples.length).toBeGreaterThan(0);
    const name = operations[id as 'submitTask'].body.schema;
    for (const example of examples) expectValid(bodies[name], example);
  });

  test.each(walk)('every example answer of $id is valid', ({ id, responses: answers }) => {
    const validators = responses[id as 'submitTask'] as Readonly<Record<string, Validator<unknown>>>;
    for (const [status, { content }] of Object.entries(answers)) {
      const examples = Object.values(content).flatMap(examplesOf);
      expect(examples.length, status).toBeGreaterThan(0);
      for (const example of examples) expectValid(validators[status]!, example);
    }
  });

  test('every example problem is what the table says, under its own status', () => {
    for (const { responses: answers } of walk) {
      for (const [status, { content }] of Object.entries(answers)) {
        const media = content['application/problem+json'];
        for (const problem of (media ? examplesOf(media) : []) as Problem[]) {
          const { title, retryable } = problems[problem.code];
          expect(problem).toMatchObject({ status: Number(status), title, retryable });
          expect(problem.type).toBe(`/docs/problems#${problem.code}`);
        }
      }
    }
  });

  test('no tool fills in an optional parameter: examples of those stand in their schemas', () => {
    const optional = walk.flatMap(({ parameters }) => parameters.filter(({ required }) => required !== true));
    expect(optional.length).toBeGreaterThan(0);
    expect(optional.filter(({ example }) => example !== undefined)).toEqual([]);
  });

  test('the codes that clients see are the codes of the table', () => {
    expect([...problemCodeValues].sort()).toEqual(Object.keys(problems).sort());
  });

  test.each(Object.keys(taskTypes) as TaskTypeName[])('the examples of task type %s are valid', (type) => {
    for (const example of taskTypes[type].examples) {
      expectValid(payloads[type], example.payload);
      if (example.result) expectValid(results[type], example.result);
    }
  });
});
