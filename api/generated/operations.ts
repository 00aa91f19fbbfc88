// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { OperationEntry, OperationId } from '../operation.ts';

/** Every operation of the contract. */
export const operations = {
  "listTasks": {
    "operationId": "listTasks",
    "method": "GET",
    "path": "/tasks",
    "route": "/tasks",
    "pathNames": [],
    "queryNames": [
      "status",
      "type",
      "class",
      "tag",
      "since",
      "until",
      "limit",
      "cursor"
    ],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "tasks:read",
    "parameterProblems": {
      "status": "invalid-parameter",
      "type": "invalid-parameter",
      "class": "invalid-parameter",
      "tag": "invalid-parameter",
      "since": "invalid-parameter",
      "until": "invalid-parameter",
      "limit": "invalid-parameter",
      "cursor": "invalid-cursor"
    }
  },
  "submitTask": {
    "operationId": "submitTask",
    "method": "POST",
    "path": "/tasks",
    "route": "/tasks",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [
      "idempotency-key"
    ],
    "body": {
      "schema": "TaskSubmit",
      "judgedAlone": null,
      "required": true,
      "maxBytes": 278528
    },
    "answers": [
      200,
      202
    ],
    "scope": "tasks:submit",
    "parameterProblems": {
      "idempotency-key": "invalid-idempotency-key"
    }
  },
  "submitTasks": {
    "operationId": "submitTasks",
    "method": "POST",
    "path": "/tasks/batch",
    "route": "/tasks/batch",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": {
      "schema": "BatchRequest",
      "judgedAlone": "tasks",
      "required": true,
      "maxBytes": 1048576
    },
    "answers": [
      200
    ],
    "scope": "tasks:submit",
    "parameterProblems": {}
  },
  "getTask": {
    "operationId": "getTask",
    "method": "GET",
    "path": "/tasks/{taskId}",
    "route": "/tasks/:taskId",
    "pathNames": [
      "taskId"
    ],
    "queryNames": [
      "wait"
    ],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "tasks:read",
    "parameterProblems": {
      "taskId": "not-found",
      "wait": "invalid-parameter"
    }
  },
  "getAttempt": {
    "operationId": "getAttempt",
    "method": "GET",
    "path": "/tasks/{taskId}/attempts/{fence}",
    "route": "/tasks/:taskId/attempts/:fence",
    "pathNames": [
      "taskId",
      "fence"
    ],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "tasks:read",
    "parameterProblems": {
      "taskId": "not-found",
      "fence": "not-found"
    }
  },
  "cancelTask": {
    "operationId": "cancelTask",
    "method": "POST",
    "path": "/tasks/{taskId}/cancel",
    "route": "/tasks/:taskId/cancel",
    "pathNames": [
      "taskId"
    ],
    "queryNames": [],
    "headerNames": [
      "if-match"
    ],
    "body": {
      "schema": "CancelRequest",
      "judgedAlone": null,
      "required": false,
      "maxBytes": 4096
    },
    "answers": [
      200,
      202
    ],
    "scope": "tasks:operate",
    "parameterProblems": {
      "taskId": "not-found",
      "if-match": "invalid-header"
    }
  },
  "redriveTask": {
    "operationId": "redriveTask",
    "method": "POST",
    "path": "/tasks/{taskId}/redrive",
    "route": "/tasks/:taskId/redrive",
    "pathNames": [
      "taskId"
    ],
    "queryNames": [],
    "headerNames": [
      "if-match"
    ],
    "body": {
      "schema": "RedriveRequest",
      "judgedAlone": null,
      "required": false,
      "maxBytes": 278528
    },
    "answers": [
      202
    ],
    "scope": "tasks:operate",
    "parameterProblems": {
      "taskId": "not-found",
      "if-match": "invalid-header"
    }
  },
  "discardTask": {
    "operationId": "discardTask",
    "method": "POST",
    "path": "/tasks/{taskId}/discard",
    "route": "/tasks/:taskId/discard",
    "pathNames": [
      "taskId"
    ],
    "queryNames": [],
    "headerNames": [
      "if-match"
    ],
    "body": {
      "schema": "DiscardRequest",
      "judgedAlone": null,
      "required": false,
      "maxBytes": 4096
    },
    "answers": [
      200
    ],
    "scope": "tasks:operate",
    "parameterProblems": {
      "taskId": "not-found",
      "if-match": "invalid-header"
    }
  },
  "getHealth": {
    "operationId": "getHealth",
    "method": "GET",
    "path": "/health",
    "route": "/health",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": null,
    "parameterProblems": {}
  },
  "getReadiness": {
    "operationId": "getReadiness",
    "method": "GET",
    "path": "/ready",
    "route": "/ready",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200,
      503
    ],
    "scope": null,
    "parameterProblems": {}
  },
  "listTypes": {
    "operationId": "listTypes",
    "method": "GET",
    "path": "/types",
    "route": "/types",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "tasks:read",
    "parameterProblems": {}
  },
  "getStats": {
    "operationId": "getStats",
    "method": "GET",
    "path": "/stats",
    "route": "/stats",
    "pathNames": [],
    "queryNames": [
      "window"
    ],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "tasks:read",
    "parameterProblems": {
      "window": "invalid-parameter"
    }
  },
  "createTicket": {
    "operationId": "createTicket",
    "method": "POST",
    "path": "/live-tickets",
    "route": "/live-tickets",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      201
    ],
    "scope": "tasks:read",
    "parameterProblems": {}
  },
  "getIdentity": {
    "operationId": "getIdentity",
    "method": "GET",
    "path": "/identity",
    "route": "/identity",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "any",
    "parameterProblems": {}
  },
  "listKeys": {
    "operationId": "listKeys",
    "method": "GET",
    "path": "/keys",
    "route": "/keys",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "admin",
    "parameterProblems": {}
  },
  "createKey": {
    "operationId": "createKey",
    "method": "POST",
    "path": "/keys",
    "route": "/keys",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": {
      "schema": "CreateKeyRequest",
      "judgedAlone": null,
      "required": true,
      "maxBytes": 4096
    },
    "answers": [
      201
    ],
    "scope": "admin",
    "parameterProblems": {}
  },
  "rotateKey": {
    "operationId": "rotateKey",
    "method": "POST",
    "path": "/keys/{keyId}/rotate",
    "route": "/keys/:keyId/rotate",
    "pathNames": [
      "keyId"
    ],
    "queryNames": [],
    "headerNames": [],
    "body": {
      "schema": "RotateKeyRequest",
      "judgedAlone": null,
      "required": false,
      "maxBytes": 4096
    },
    "answers": [
      200
    ],
    "scope": "admin",
    "parameterProblems": {
      "keyId": "not-found"
    }
  },
  "revokeKey": {
    "operationId": "revokeKey",
    "method": "POST",
    "path": "/keys/{keyId}/revoke",
    "route": "/keys/:keyId/revoke",
    "pathNames": [
      "keyId"
    ],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "admin",
    "parameterProblems": {
      "keyId": "not-found"
    }
  },
  "getFaults": {
    "operationId": "getFaults",
    "method": "GET",
    "path": "/faults",
    "route": "/faults",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": null,
    "answers": [
      200
    ],
    "scope": "tasks:read",
    "parameterProblems": {}
  },
  "putFaults": {
    "operationId": "putFaults",
    "method": "PUT",
    "path": "/faults",
    "route": "/faults",
    "pathNames": [],
    "queryNames": [],
    "headerNames": [],
    "body": {
      "schema": "FaultSettings",
      "judgedAlone": null,
      "required": true,
      "maxBytes": 65536
    },
    "answers": [
      200
    ],
    "scope": "admin",
    "parameterProblems": {}
  }
} as const satisfies {
  readonly [K in OperationId]: OperationEntry & { readonly operationId: K };
};
