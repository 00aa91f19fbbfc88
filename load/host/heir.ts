/**
 * Sees to it that what a run started does not outlive it, also when the command is killed and can do nothing any more: a shell in a
 * group of its own keeps the list, and when its input ends it ends them and removes the folder. Without a `sh` there is no heir.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const SCRIPT = `
list=' '
while read -r what pid; do
  case $what in
    inherit) list="$list$pid " ;;
    release) list=\${list%% $pid *}' '\${list#* $pid } ;;
  esac
done
for pid in $list; do kill "$pid"; done
for pid in $list; do
  n=0
  while [ $n -lt 100 ] && kill -0 "$pid"; do n=$((n + 1)); sleep 0.1; done
  kill -9 "$pid"
done
[ -z "$1" ] || rm -rf "$1"`;

export interface Heir {
  inherit(pid: number | undefined): void;
  /** It has ended: its number may soon be somebody else's. */
  release(pid: number | undefined): void;
  /** What is left of the list is ended, and the folder removed. */
  close(): Promise<void>;
}

/** `folder` is removed at the end; without one there is none. */
export function startHeir(folder = ''): Heir {
  const shell = spawn('sh', ['-c', SCRIPT, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const ended = Promise.race([once(shell, 'exit'), once(shell, 'error')]);
  ended.catch(() => undefined); // there is no sh: the same as its end
  shell.stdin.on('error', () => undefined); // it is gone, which close() waits for anyway
  const tell = (what: string, pid: number | undefined): void => {
    if (pid !== undefined) shell.stdin.write(`${what} ${pid}\n`);
  };
  return {
    inherit: (pid) => tell('inherit', pid),
    release: (pid) => tell('release', pid),
    close: async () => {
      shell.stdin.end();
      await ended.catch(() => undefined);
    },
  };
}
