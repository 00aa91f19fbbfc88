import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Takes all file descriptors, asks for a process of each kind, and says what became of it. */
const SCRIPT = `
  import { closeSync, openSync } from 'node:fs';
  import { spawnChild } from ${JSON.stringify(join(import.meta.dirname, 'spawn-child.ts'))};
  import { TypeProbes } from ${JSON.stringify(join(import.meta.dirname, 'type-probes.ts'))};
  const taken = [];
  try { for (;;) taken.push(openSync('/dev/null')); } catch (error) { if (error.code !== 'EMFILE') throw error; }
  const settings = { memoryMb: 64, parentPid: process.pid };
  const said = [];
  try { spawnChild({ entry: 'child', settings, onPrinted() {} }); } catch (error) { said.push(error.message); }
  const probes = new TypeProbes({
    folders: ['/nowhere/greet'], memoryMb: 64, onPrinted() {}, onJudged: ({ error }) => said.push(error),
    times: { withinMs: 60_000, againMs: 60_000 },
  });
  await probes.judged;
  probes.stop();
  setTimeout(() => { taken.forEach((fd) => closeSync(fd)); console.log(said.join('\\n')); }, 50);`;

it('says that the machine has no process to give, and ends nothing else', () => {
  const node = `exec ${process.execPath} --input-type=module -e "$SCRIPT"`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `ulimit -n 120; ${node}`], {
    env: { ...process.env, SCRIPT },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout.match(/no process or file descriptor to give/g)).toHaveLength(2);
});
