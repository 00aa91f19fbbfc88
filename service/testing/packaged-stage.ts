/** A stage as `npm run package` makes it: its CloudFormation as data, and the code of its functions. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/** A framework that hangs fails its test. */
const WITHIN_MS = 100_000;
const ROOT = join(import.meta.dirname, '..', '..');

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  // Whatever CloudFormation knows: each test names the part that it reads.
  readonly Properties: Readonly<Record<string, never>>;
}

export interface Packaged {
  readonly status: number | null;
  readonly output: string;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** Of a function: its files, by name. */
  readonly codeOf: (name: string) => ReadonlyMap<string, Buffer>;
}

/** With nothing of this process's environment that names an account, a region or a home. */
export function packaged(stage: string, env: Readonly<Record<string, string>> = {}): Packaged {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-stage-'));
  try {
    const args = [join(ROOT, 'service/toolchain/run.mjs'), 'package', '--stage', stage, '--package', folder];
    const bare = { PATH: process.env['PATH'] ?? '', HOME: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      env: { ...bare, ...env },
      encoding: 'utf8',
      timeout: WITHIN_MS,
    });
    const output = stdout + stderr;
    if (status !== 0) return { status, output, resources: {}, outputs: {}, text: '', codeOf: () => new Map() };
    const text = readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
    const { Resources: resources, Outputs: outputs } = JSON.parse(text) as Template;
    const zips = readdirSync(folder).filter((name) => name.endsWith('.zip'));
    const codes = new Map(zips.map((name) => [name.slice(0, -4), unzipped(readFileSync(join(folder, name)))]));
    return { status, output, resources, outputs, text, codeOf: (name) => codes.get(name)! };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Template {
  readonly Resources: Packaged['resources'];
  readonly Outputs: Packaged['outputs'];
}

const END_OF_DIRECTORY = 0x06054b50;

/** By its central directory: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 and 4.3.16. */
function unzipped(zip: Buffer): ReadonlyMap<string, Buffer> {
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END_OF_DIRECTORY) end -= 1;
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(from, from + size);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    files.set(name, zip.readUInt16LE(at + 10) === 0 ? content : inflateRawSync(content));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return files;
}
