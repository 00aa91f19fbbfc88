import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemOfType } from './http/catalogue.ts';
import { readInstallation, UnusableTasksDir } from './installation.ts';
import { ANY_PAYLOAD, GivenTypes } from './testing/given-types.ts';

let given: GivenTypes;
beforeEach(() => void (given = new GivenTypes()));
afterEach(() => given.remove());

describe('an installation', () => {
  it('has the built-in types without a TASKS_DIR', async () => {
    const { openapi, catalogue, typeFolders, ownTypeFolders } = await readInstallation(undefined);
    expect([...catalogue.keys()]).toEqual(typeFolders.map((folder) => basename(folder)));
    expect(ownTypeFolders).toEqual([]);
    expect(openapi).toContain('"SimulatePayload"');
  });

  it('adds its own types, keeps the faulty ones out, and lets no name stand for two handlers', async () => {
    given.write('fine', { 'schema.yaml': ANY_PAYLOAD }).write('bad', { 'schema.yaml': 'title: Bad' });
    given.write('simulate', { 'schema.yaml': ANY_PAYLOAD });
    await given.generateHere();
    const { openapi, catalogue, typeFolders, ownTypeFolders } = await readInstallation(given.tasksDir);
    expect([...catalogue.keys()]).toEqual(expect.arrayContaining(['bad', 'fine', 'simulate']));
    expect(ownTypeFolders).toEqual([join(given.tasksDir, 'fine')]);
    expect(typeFolders.map((folder) => basename(folder))).not.toContain('simulate');
    expect(problemOfType(catalogue.get('simulate')!, undefined)).toContain('built-in');
    expect(openapi).toContain('"FinePayload"');
  });

  it('is refused with a command that a shell reads as it is meant, whatever its folder is called', async () => {
    const tasksDir = join(given.tasksDir, "ann's $types");
    mkdirSync(tasksDir);
    const refusal = await readInstallation(tasksDir).then(String, String);
    const command = /TASKS_DIR=.*(?= npm run)/.exec(refusal)![0];
    expect(spawnSync('sh', ['-c', `${command}; printf %s "$TASKS_DIR"`], { encoding: 'utf8' }).stdout).toBe(tasksDir);
  });

  it('is refused with the command to run when its files were not generated, or for other schemas', async () => {
    given.write('fine', { 'schema.yaml': ANY_PAYLOAD });
    const refused = () => readInstallation(given.tasksDir);
    await expect(refused()).rejects.toThrow(UnusableTasksDir);
    await expect(refused()).rejects.toThrow(`TASKS_DIR='${given.tasksDir}' npm run generate`);
    expect(readdirSync(given.tasksDir)).toEqual(['fine']);
    await given.generateHere();
    expect((await refused()).ownTypeFolders).toHaveLength(1);
    appendFileSync(join(given.tasksDir, 'fine/schema.yaml'), 'description: More\n');
    await expect(refused()).rejects.toThrow(UnusableTasksDir);
  });
});
