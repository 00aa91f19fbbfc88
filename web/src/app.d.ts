// What the error page shows of an error; see hooks.client.ts.
declare global {
  namespace App {
    interface Error {
      message: string;
      /** What was thrown, for ProblemNote. */
      cause?: unknown;
    }
  }
}

export {};
