// What the catalogue says of a task type: a built-in one in generated/task-types.ts, one of your own in TASKS_DIR/.holdfast.

export interface TaskTypeExample {
  readonly summary: string;
  readonly payload: unknown;
  readonly result?: unknown;
}

export interface TaskTypeEntry {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** Of the payload: what new tasks of this type are stored with. */
  readonly payloadVersion: number;
  /** JSON Schemas, written out. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly result: Readonly<Record<string, unknown>>;
  readonly examples: readonly TaskTypeExample[];
}

/** A folder of TASKS_DIR that says it is a task type and cannot be one, and why. */
export interface FaultyType {
  readonly type: string;
  readonly problem: string;
}
