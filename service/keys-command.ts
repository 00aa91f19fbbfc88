/** npm run keys: the keys of one machine, in its data folder or behind the server that uses it. */
import './node-version.ts';
import { readKeysSettings } from './config.ts';
import { UnusableDataDir } from './embedded/schema.ts';
import { runKeyCommands } from './key-commands.ts';
import { openKeyPlace } from './key-places.ts';
import { keysCommand } from './shell-words.ts';

process.exitCode = await runKeyCommands(process.argv.slice(2), {
  call: keysCommand(),
  takes: [],
  about:
    'Without a running server DATA_DIR is opened itself; a running one is asked at HOLDFAST_URL with HOLDFAST_API_KEY.',
  open: (tenant) => openKeyPlace(readKeysSettings(), tenant),
  sentences: [UnusableDataDir],
});
