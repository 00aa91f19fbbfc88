/** What a test may want of a twin; nothing of it is needed. */

export interface Endpoints {
  readonly dynamodb: string;
  readonly sqs: string;
}

export interface TwinOptions {
  /** The serverless.yml; the product's own unless said otherwise. */
  readonly file?: string;
  readonly stage?: string;
  /** Its own; a free one unless said otherwise. */
  readonly port?: number;
  /** Of all functions, before what the stage says. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What stands between functions and emulators: gets the endpoints of these, answers those that the functions get. */
  readonly between?: (emulators: Endpoints) => Endpoints | Promise<Endpoints>;
  /** Containers of one function at once, as the machine can bear them. */
  readonly most?: number;
  /** Whether a container stands still between its invocations; true unless said otherwise. */
  readonly freezes?: boolean;
  /** Modules that functions get in place of others: a file for a specifier. */
  readonly aliases?: Readonly<Record<string, string>>;
  readonly idleMs?: number;
  readonly integrationMs?: number;
  readonly webSocketLimits?: { readonly idleMs: number; readonly oldMs: number };
  /** In place of the rates of the stage. */
  readonly scheduleEveryMs?: number;
  /** From 0 to 1: the messages of a batch are put in its order. */
  readonly shuffle?: () => number;
  /** The folder with the built dashboard. */
  readonly dashboard?: string | undefined;
  /** Its documentation is made from these. */
  readonly contracts?: { readonly openapi: string; readonly asyncapi: string };
  readonly onLine?: (functionName: string, line: string) => void;
}
