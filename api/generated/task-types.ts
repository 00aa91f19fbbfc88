// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { SimulatePayload, SimulateResult } from './types.ts';

/** Payload and result of every built-in task type. */
export interface TaskTypes {
  'simulate': { payload: SimulatePayload; result: SimulateResult };
}

export type TaskTypeName = keyof TaskTypes;

export interface TaskTypeEntry<T extends TaskTypeName> {
  readonly type: T;
  readonly title: string;
  readonly description: string;
  readonly payloadVersion: number;
  /** Names under components.schemas of the contract. */
  readonly payloadSchema: string;
  readonly resultSchema: string;
  readonly examples: readonly {
    readonly summary: string;
    readonly payload: TaskTypes[T]['payload'];
    readonly result?: TaskTypes[T]['result'];
  }[];
}

export const taskTypes: { readonly [T in TaskTypeName]: TaskTypeEntry<T> } = {
  "simulate": {
    "type": "simulate",
    "title": "Simulate",
    "description": "Does no work but can fail in every way a task can: the vehicle of load and fault runs, and the first task to try. Without `failureRate`, 30 % of the attempts fail, and always if the client chose an id that ends in 3.",
    "payloadVersion": 1,
    "payloadSchema": "SimulatePayload",
    "resultSchema": "SimulateResult",
    "examples": [
      {
        "summary": "The first task to try",
        "payload": {
          "data": "test data"
        },
        "result": {
          "ok": true,
          "attempt": 1
        }
      },
      {
        "summary": "Always fails and is dead after three attempts",
        "payload": {
          "failureRate": 1,
          "failureClass": "NETWORK"
        }
      },
      {
        "summary": "Takes ten seconds and reports progress",
        "payload": {
          "durationMs": 10000,
          "steps": 20,
          "failureRate": 0
        },
        "result": {
          "ok": true,
          "attempt": 1
        }
      }
    ]
  }
};
