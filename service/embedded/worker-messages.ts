/** What the server and its worker processes tell each other over the socket, and how a worker is started. */
import type { namesOf } from '../core/names-of.ts';
import type { AttemptStart } from '../handling/handler-attempt.ts';
import type { OwnOutcome } from '../handling/report.ts';
import type { Policy } from '../core/rules.ts';
import type { Progress } from '../core/task.ts';

/** The socket's file descriptor in the worker. */
export const SOCKET_FD = 3;

/** The worker's one argument, as JSON. */
export interface WorkerSettings {
  /** Loaded before it says hello. */
  readonly typeFolders: readonly string[];
  /** Loaded when an attempt needs them, which is not before a probe could load them. */
  readonly ownTypeFolders: readonly string[];
  readonly memoryMb: number;
  readonly parentPid: number;
}

/** The one argument of the process that judges a type, as JSON. */
export interface ProbeSettings {
  readonly folder: string;
  readonly memoryMb: number;
  readonly parentPid: number;
}

export type LoadedType =
  | { readonly name: string; readonly payloadVersions: readonly number[]; readonly policy: Policy }
  | { readonly name: string; readonly error: string };

export type ToWorker =
  | { readonly kind: 'start'; readonly id: number; readonly start: AttemptStart }
  | { readonly kind: 'abort'; readonly id: number };

export type FromWorker =
  | { readonly kind: 'hello'; readonly types: readonly LoadedType[] }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: Progress }
  /** The abort has arrived: the event loop turns. Without it nobody can say which of the attempts blocks it. */
  | { readonly kind: 'aborting'; readonly id: number }
  | { readonly kind: 'outcome'; readonly id: number; readonly outcome: OwnOutcome }
  /** Something threw that no handler catches; it ends. */
  | ({ readonly kind: 'falling' } & ReturnType<typeof namesOf>)
  /** It was given an attempt of a type that it could not load. */
  | { readonly kind: 'unable'; readonly loaded: LoadedType };
