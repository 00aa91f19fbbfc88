/** A TASKS_DIR for tests: task types written to a folder outside the repository, and generated as a user does it. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultOptions, generateOwn } from '../../api/generate.ts';

const GENERATE = join(import.meta.dirname, '../../api/generate.ts');

export const ANY_PAYLOAD = 'title: Any\nversion: 1\npayload: { type: object }\n';

export interface Generated {
  readonly status: number | null;
  readonly output: string;
}

export class GivenTypes {
  readonly tasksDir = mkdtempSync(join(tmpdir(), 'holdfast-types-'));

  /** Writes `<type>/<file>` for each file. */
  write(type: string, files: Readonly<Record<string, string>>): this {
    mkdirSync(join(this.tasksDir, type), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.tasksDir, type, name), text);
    return this;
  }

  /** In this process, for tests that ask nothing of the command. */
  async generateHere(): Promise<void> {
    const { files } = await generateOwn(defaultOptions(), this.tasksDir);
    this.write('.holdfast', files);
  }

  generate(...args: readonly string[]): Generated {
    const env = { ...process.env, TASKS_DIR: this.tasksDir };
    const { status, stdout, stderr } = spawnSync(process.execPath, [GENERATE, ...args], { env, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  }

  remove(): void {
    rmSync(this.tasksDir, { recursive: true, force: true });
  }
}
