// The promises of the live channel's contract: its examples are true, its limits hold, and what is shown needs no other document.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { Contract } from './generator/document.ts';
import { formats } from './generator/formats.ts';
import { liveMessages, readLive, type LiveDocument } from './generator/live.ts';
import { responses, serverMessages } from './generated/response-validators.js';
import type { ClientMessage, ServerMessage, Task } from './generated/types.ts';
import { clientMessages } from './generated/live-validators.js';
import type { Validator } from './validator.ts';

const generated = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'generated', name), 'utf8'));
const shown = generated('asyncapi.json') as LiveDocument;
const openapi = generated('openapi.json') as Contract;
const messages = liveMessages(readLive(join(import.meta.dirname, 'asyncapi.yaml')));
const validators: Readonly<Record<string, Validator<unknown>>> = { ...clientMessages, ...serverMessages };

const TASK = messages.find(({ name }) => name === 'tasks')!.examples[0]!.payload as { readonly tasks: readonly [Task] };

describe('live messages', () => {
  test.each(messages)('every example of $name is valid, and of no other message', ({ name, examples }) => {
    expect(examples.length).toBeGreaterThan(0);
    for (const { payload } of examples) {
      const accepted = Object.keys(validators).filter((each) => validators[each]!(payload));
      expect(accepted).toEqual([name]);
    }
  });

  test('every action and every kind has its validator', () => {
    const actions: Readonly<Record<ClientMessage['action'], unknown>> = clientMessages;
    const kinds: Readonly<Record<ServerMessage['kind'], unknown>> = serverMessages;
    expect([...Object.keys(actions), ...Object.keys(kinds)].sort()).toEqual(messages.map(({ name }) => name).sort());
  });

  test.each([
    ['50 topics', { topics: Array.from({ length: 50 }, (_, n) => `task:${n}`) }, true],
    ['the 51st topic', { topics: Array.from({ length: 51 }, (_, n) => `task:${n}`) }, false],
    ['no topic', { topics: [] }, false],
    ['a topic twice', { topics: ['tasks', 'tasks'] }, false],
    ['one type', { topics: ['type:http-request'] }, true],
    ['a topic of nobody', { topics: ['workers'] }, false],
    ['an id that no task can have', { topics: ['task:../x'] }, false],
    ['a line break behind a topic', { topics: ['tasks\n'] }, false],
    ['no message id', { id: undefined }, false],
    ['an unknown field', { since: 1 }, false],
  ])('a subscribe with %s is valid: %s', (_, changed, isValid) => {
    const sent: unknown = JSON.parse(JSON.stringify({ action: 'subscribe', id: '1', topics: ['tasks'], ...changed }));
    expect(clientMessages.subscribe(sent)).toBe(isValid);
  });
});

describe('what is shown of the live channel', () => {
  test('needs no other document, and leaks nothing into that of HTTP', () => {
    expect(JSON.stringify(shown)).not.toContain('openapi.yaml');
    const leaked = ['Topic', 'ClientMessage', 'ServerMessage'].filter((name) => name in openapi.components.schemas);
    expect(leaked).toEqual([]);
  });

  test('is of the same version as the contract of HTTP', () => {
    expect(shown.info.version).toBe(openapi.info.version);
  });

  test('judges a task in the dialect of AsyncAPI as HTTP answers are judged', () => {
    const ajv = new Ajv({ formats, strict: false });
    ajv.addSchema({ $id: 'live', components: { schemas: shown.components.schemas } });
    const check = ajv.getSchema('live#/components/schemas/Task')!;
    const original = responses.submitTask['202'];
    const [task] = TASK.tasks;
    const wrong = [
      { extra: 1 },
      { version: 0 },
      { createdAt: 'today' },
      { waiting: { reason: 'mood' } },
      { tags: ['!'] },
    ];
    expect([check(task), original(task)]).toEqual([true, true]);
    for (const each of wrong)
      expect([check({ ...task, ...each }), original({ ...task, ...each })]).toEqual([false, false]);
    for (const key of Object.keys(task)) expect(check({ ...task, [key]: undefined }), key).toBe(false);
  });
});
