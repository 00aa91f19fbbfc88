// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { TaskTypeEntry } from '../task-type.ts';
import type { HttpRequestPayload, HttpRequestResult, SimulatePayload, SimulateResult } from './types.ts';

/** Payload and result of every built-in task type. */
export interface TaskTypes {
  'http-request': { payload: HttpRequestPayload; result: HttpRequestResult };
  'simulate': { payload: SimulatePayload; result: SimulateResult };
}

export type TaskTypeName = keyof TaskTypes;

export const taskTypes: Readonly<Record<TaskTypeName, TaskTypeEntry>> = {
  "http-request": {
    "type": "http-request",
    "title": "Deliver an HTTP request",
    "description": "Sends one HTTP request until it is answered with a 2xx. No answer in time, a broken connection, 408, 425, 429 and 5xx are tried again, no sooner than `Retry-After` says; any other status is permanent, and redirects are not followed. Only public addresses are asked; EGRESS_ALLOW on the server names others.",
    "payloadVersion": 1,
    "payload": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "url"
      ],
      "properties": {
        "url": {
          "type": "string",
          "maxLength": 2048,
          "pattern": "^https?://[^\\s/?#@\\\\]+(?:[/?#]\\S*)?$",
          "description": "http or https, without a user and a password. What is secret in it stays readable in the task: use a header with a secret instead."
        },
        "method": {
          "type": "string",
          "enum": [
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
            "OPTIONS"
          ],
          "description": "POST when it is left out."
        },
        "headers": {
          "type": "object",
          "maxProperties": 50,
          "propertyNames": {
            "type": "string",
            "maxLength": 64,
            "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
          },
          "description": "By name, in one spelling each. Refused are those that belong to the connection (Host, Content-Length, Transfer-Encoding and their like), Accept-Encoding, and, when the request is signed, what begins with webhook-.",
          "additionalProperties": {
            "type": [
              "string",
              "object"
            ],
            "maxLength": 4096,
            "pattern": "^[\\t -~]*$",
            "additionalProperties": false,
            "required": [
              "secret"
            ],
            "properties": {
              "secret": {
                "type": "string",
                "maxLength": 64,
                "pattern": "^[A-Z][A-Z0-9_]*$",
                "description": "The server sends the value of its environment variable SECRET_ with this name behind it."
              },
              "prefix": {
                "type": "string",
                "maxLength": 64,
                "pattern": "^[\\t -~]*$",
                "description": "Stands before the secret, such as `Bearer ` with its space."
              }
            }
          }
        },
        "body": {
          "description": "Any JSON, sent as such, as application/json unless a header says otherwise."
        },
        "text": {
          "type": "string",
          "description": "Sent as it is, instead of a body; as text/plain unless a header says otherwise."
        },
        "timeoutSeconds": {
          "type": "integer",
          "minimum": 1,
          "maximum": 50,
          "description": "Until the whole answer is there, looking up the name included. 30 when it is left out."
        },
        "sign": {
          "type": "object",
          "additionalProperties": false,
          "required": [
            "secret"
          ],
          "description": "Sign by Standard Webhooks: the headers webhook-id (the same over retries), webhook-timestamp and webhook-signature.",
          "properties": {
            "secret": {
              "type": "string",
              "maxLength": 64,
              "pattern": "^[A-Z][A-Z0-9_]*$",
              "description": "The name of a secret of the server whose value is whsec_ and 24 to 64 bytes in base64."
            }
          }
        }
      },
      "not": {
        "required": [
          "body",
          "text"
        ]
      }
    },
    "result": {
      "type": "object",
      "additionalProperties": false,
      "required": [
        "status",
        "headers",
        "body",
        "bodyTruncated",
        "durationMs"
      ],
      "properties": {
        "status": {
          "type": "integer",
          "minimum": 200,
          "maximum": 299
        },
        "headers": {
          "type": "object",
          "additionalProperties": {
            "type": "string"
          },
          "description": "Of the answer, at most 50, without cookies and what is named like a credential."
        },
        "body": {
          "description": "Of the answer. JSON when it says so and reads as such without loss; else its text; empty when it is no UTF-8."
        },
        "bodyTruncated": {
          "type": "boolean",
          "description": "Not the whole body is here, because it is longer than 16 KB or no UTF-8."
        },
        "durationMs": {
          "type": "integer",
          "minimum": 0,
          "description": "From the first look at the name to the end of the answer."
        }
      }
    },
    "examples": [
      {
        "summary": "Deliver a signed webhook",
        "payload": {
          "url": "https://hooks.example.com/orders",
          "body": {
            "event": "order.paid",
            "order": 4711
          },
          "sign": {
            "secret": "HOOK"
          }
        },
        "result": {
          "status": 204,
          "headers": {},
          "body": "",
          "bodyTruncated": false,
          "durationMs": 84
        }
      },
      {
        "summary": "Call an API with a secret that is never stored",
        "payload": {
          "url": "https://api.example.com/v1/things/7",
          "method": "PUT",
          "headers": {
            "authorization": {
              "prefix": "Bearer ",
              "secret": "EXAMPLE_TOKEN"
            }
          },
          "body": {
            "colour": "green"
          }
        },
        "result": {
          "status": 200,
          "headers": {
            "content-type": "application/json"
          },
          "body": {
            "id": 7,
            "colour": "green"
          },
          "bodyTruncated": false,
          "durationMs": 120
        }
      }
    ]
  },
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
