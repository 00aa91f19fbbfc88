/**
 * Sees to it that no container outlives the twin, however that one ends: a frozen process, or one in an endless loop, notices nothing.
 * A shell keeps the list; when its input ends, so do they.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const SCRIPT = `
list=' '
while read -r what pid; do
  case $what in
    watch) list="$list$pid " ;;
    forget) list=\${list%% $pid *}' '\${list#* $pid } ;;
  esac
done
for pid in $list; do kill -9 "$pid"; done`;

export class Guardian {
  readonly #shell: ChildProcess;

  constructor() {
    // A group of its own: what a terminal sends to the twin does not end it first.
    this.#shell = spawn('sh', ['-c', SCRIPT], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.#shell.stdin!.on('error', () => undefined); // it is gone, and with it whoever it watched
  }

  watch(pid: number): void {
    this.#shell.stdin!.write(`watch ${pid}\n`);
  }

  forget(pid: number): void {
    this.#shell.stdin!.write(`forget ${pid}\n`);
  }

  async stop(): Promise<void> {
    const ended = once(this.#shell, 'exit');
    this.#shell.stdin!.end();
    await ended;
  }
}
