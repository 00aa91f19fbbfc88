// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { TaskTypeEntry } from '../task-type.ts';
import type { SimulatePayload, SimulateResult } from './types.ts';

/** Payload and result of every built-in task type. */
export interface TaskTypes {
  'simulate': { payload: SimulatePayload; result: SimulateResult };
}

export type TaskTypeName = keyof TaskTypes;

export const taskTypes: Readonly<Record<TaskTypeName, TaskTypeEntry>> = {
  "simulate": {
    "type": "simulate",
    "title": "Simulate",
    "description": "Does no work but can fail in every way a task can: the vehicle of load and fault runs, and the first task to try. Without `failureRate`, 30 % of the attempts fail, and always if the client chose an id that ends in 3.",
    "payloadVersion": 1,
    "payload": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "data": {
          "description": "Anything; the handler ignores it."
        },
        "failureRate": {
          "type": "number",
          "minimum": 0,
          "maximum": 1,
          "description": "Share of the attempts that fail."
        },
        "failureClass": {
          "type": "string",
          "enum": [
            "VALIDATION",
            "NETWORK",
            "RATE_LIMIT",
            "SYSTEM",
            "UNKNOWN"
          ],
          "description": "How a failing attempt fails. VALIDATION is permanent, the others are retried."
        },
        "durationMs": {
          "type": "integer",
          "minimum": 0,
          "maximum": 3600000,
          "description": "How long an attempt takes."
        },
        "misbehave": {
          "type": "string",
          "enum": [
            "crash",
            "hang",
            "leak",
            "block"
          ],
          "description": "Break the rules of handlers: crash aborts the process, hang never settles and ignores the abort signal, leak allocates until killed, block loops without ever yielding."
        },
        "resultBytes": {
          "type": "integer",
          "minimum": 0,
          "maximum": 1000000,
          "description": "Size of the filler in the result."
        },
        "errorBytes": {
          "type": "integer",
          "minimum": 0,
          "maximum": 8000000,
          "description": "Size of the error message of a failing attempt."
        },
        "logLines": {
          "type": "integer",
          "minimum": 0,
          "maximum": 1000,
          "description": "Log lines per attempt."
        },
        "retryAfterSeconds": {
          "type": "integer",
          "minimum": 0,
          "maximum": 86400,
          "description": "A failing attempt asks for this delay before the next one."
        },
        "steps": {
          "type": "integer",
          "minimum": 0,
          "maximum": 1000,
          "description": "Progress reports over the duration."
        }
      }
    },
    "result": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "ok",
        "attempt"
      ],
      "properties": {
        "ok": {
          "type": "boolean",
          "const": true
        },
        "attempt": {
          "type": "integer",
          "minimum": 1,
          "description": "The attempt that succeeded."
        },
        "filler": {
          "type": "string",
          "description": "As long as the payload asked for."
        }
      }
    },
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
