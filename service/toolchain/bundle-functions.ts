/** The functions of serverless.yml bundled as `npm run package` does it, with what each holds: for tests and the benchmark. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { build } from 'esbuild';
import { bundleOptions } from './lambda-bundles.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LAMBDA = join(ROOT, 'service', 'lambda');

/** Files of service/lambda that are functions, without `.ts`. */
export const functionFiles = (): readonly string[] =>
  readdirSync(LAMBDA).flatMap((file) =>
    file.endsWith('.ts') && /^export const handler\b/m.test(readFileSync(join(LAMBDA, file), 'utf8'))
      ? [file.slice(0, -3)]
      : [],
  );

export interface Bundle {
  readonly code: string;
  readonly bytes: number;
  readonly metafile: Metafile;
}

export async function bundleOf(file: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...bundleOptions(),
    entryPoints: [join('service', 'lambda', `${file}.ts`)],
    absWorkingDir: ROOT,
    outdir: ROOT,
    write: false,
    metafile: true,
  });
  const [{ text, contents }] = outputFiles as [(typeof outputFiles)[number]];
  return { code: text, bytes: contents.length, metafile };
}
