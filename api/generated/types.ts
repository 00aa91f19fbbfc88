// Generated from api/openapi.yaml by `npm run generate`; do not edit.
export interface paths {
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List tasks
         * @description All tasks, newest first; with `status=dead` the failure inbox, newest death first: tasks that are dead, announced and not
         *     discarded. These lists, within any span of time, and the inbox of one type are **indexed**: a page costs the same with a
         *     thousand tasks and with a million. Any other mix of filters is a **search**: it looks at 1 000 tasks per call at most, so a
         *     page may hold fewer than `limit`, or none, and still have a `nextCursor`; `searchedTo` says how far back it has come. There
         *     are no totals. A repeated parameter is 400.
         */
        get: operations["listTasks"];
        put?: never;
        /**
         * Submit one task
         * @description The task is durable before the answer leaves. The same `taskId` (or `Idempotency-Key`) with the same request is a replay:
         *     200 with the task as it is now, also when a new task would be refused by now. With another request it is 409 `conflict`.
         *     Without both the server makes a sortable id.
         */
        post: operations["submitTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit up to 100 tasks
         * @description The envelope is strict, each task is judged alone: one answer per task, in order, as if it had been submitted by itself.
         *     Equal ids in one batch act in order. `Idempotency-Key` is refused here; give every task a `taskId` instead.
         */
        post: operations["submitTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /**
         * Get one task
         * @description The task with payload, result, attempts and history. With `wait` the answer comes when the task is final, at the latest
         *     after `min(wait, the server's limit)` seconds: then 200 with the task as it is.
         */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/attempts/{fence}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
                /**
                 * @description The number of the attempt's claim, as `attempts` of the task shows it. Any other names nothing, so it is 404.
                 * @example 2
                 */
                fence: components["parameters"]["Fence"];
            };
            cookie?: never;
        };
        /**
         * Get one attempt
         * @description An attempt with the whole error message and the last log lines of its handler. They are kept of attempts that failed;
         *     one that runs or succeeded has neither. Only the last 10 attempts of a task can be asked for.
         */
        get: operations["getAttempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a task
         * @description A task that is not running is cancelled at once (200). A running one is asked to stop (202) and ends as cancelled, or as
         *     succeeded if it was faster. Asking again changes nothing. A final task is 409 `task-final` with its status.
         */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a dead task again
         * @description The task gets a fresh budget of attempts and runs at once; handlers see a new idempotency key. With `payload` it runs the
         *     edited one, which must keep the schema of the task's type as it is now; `payloadEdited` tells from then on. A discarded
         *     task comes back. Of two redrives at once one wins. A task that is not dead is 409 `not-dead`; one whose death is being
         *     announced is 409 `not-announced-yet`, retryable.
         */
        post: operations["redriveTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{taskId}/discard": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a dead task out of the failure inbox
         * @description Nothing is left to do about it: the task leaves the inbox, stays readable until its retention ends, and can still be
         *     redriven. Asking again changes nothing. A task that is not dead is 409 `not-dead`; one whose death is being announced is
         *     409 `not-announced-yet`, retryable.
         */
        post: operations["discardTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Is the process alive? */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Does the service do its work?
         * @description Ready when the last ledger write and the last sweep are younger than 60 s and workers run. No tenant data.
         */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the task types
         * @description Every type of this installation, built in or its own, in the order of the names: what its payload looks like, how it is
         *     run, and whether it can be submitted now. A type that cannot says why in `problem`; its tasks wait until it is repaired.
         */
        get: operations["listTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How it goes
         * @description How many tasks there are by status, and what happened in a window of time: rates, latency, failures, and the series for
         *     charts. On one machine all counts are exact: each is written in the same transaction as the change that it counts. An
         *     installation on AWS says `exact: false` and counts about. Percentiles come from histograms whose buckets are 10 % wide:
         *     they are off by 5 % at most. An answer may be a second old.
         */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/live-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a ticket for the live channel
         * @description A ticket opens one connection to the live channel, at `url`, and stands for whoever asked for it. It is used once and
         *     expires after 30 s, so that one found in a log opens nothing. Ask for a new one at every connect.
         */
        post: operations["createTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who am I?
         * @description The tenant, subject and scopes that this request stands for. Every identity may ask, whatever its scopes.
         */
        get: operations["getIdentity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the API keys of the tenant
         * @description All of them, newest first, revoked and expired ones too until 30 days after their end. A secret is never shown again.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The answer is the only one that shows the key: it is stored as a hash. `admin` may give every scope, so it stands above all
         *     others of its tenant. If the answer was lost, revoke the key that nobody has and make another.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the API key. One that breaks the pattern names no key, so it is 404.
                 * @example k7x2m9qp4dtw
                 */
                keyId: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give an API key a new secret
         * @description Id, name, scopes and expiry stay. The secret before works on for `graceSeconds`, so that whoever uses it has time to change; a
         *     third one, still in its grace, ends at once. After a leak use `graceSeconds: 0`. The answer is the only one that shows the
         *     new key. If it was lost, do not ask again: that would end the secret in use. `rotatedAt` in the list shows whether it was
         *     done; then make another key for its users while the grace lasts. A key that is revoked or expired is 409 `key-ended`.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{keyId}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the API key. One that breaks the pattern names no key, so it is 404.
                 * @example k7x2m9qp4dtw
                 */
                keyId: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End an API key
         * @description It opens nothing any more, and live connections that it opened are closed: at once here, within 10 s on other processes of
         *     the installation. Asking again changes nothing. A key may revoke itself.
         */
        post: operations["revokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/faults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is broken on purpose
         * @description The faults that are on for the tasks of this tenant, what has been injected so far, and what has put it right. Refused with
         *     `faults-not-allowed` unless the installation was started with `FAULTS_ALLOWED=1`.
         */
        get: operations["getFaults"];
        /**
         * Break things on purpose
         * @description Replaces all faults of this tenant; `{}` heals everything. They end by themselves after `endsAfterSeconds`. An installation of
         *     several processes obeys everywhere within 2 s of the answer. Faults strike tasks of this tenant alone, but a crash ends a
         *     process, and with it the attempts of others in it. Refused with `faults-not-allowed` unless the installation was started with
         *     `FAULTS_ALLOWED=1`; none can be in production.
         */
        put: operations["putFaults"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description Chosen by the client or made by the server.
         * @example task123
         */
        TaskId: string;
        /**
         * @description The name of a task type.
         * @example simulate
         */
        TypeName: string;
        /**
         * Format: date-time
         * @description RFC 3339 with a zone, `T` and `Z` in upper case, a date that exists.
         * @example 2025-11-21T09:30:00.000Z
         */
        Timestamp: string;
        /** @example team:billing */
        Tag: string;
        /** @description Why an operator did this; recorded in the task's history. */
        Reason: string;
        /**
         * @description Scheduled, queued and retrying tasks are ready; succeeded, dead and cancelled are final.
         * @enum {string}
         */
        TaskStatus: "scheduled" | "queued" | "retrying" | "running" | "succeeded" | "dead" | "cancelled";
        /** @enum {string} */
        WaitingReason: "scheduled" | "backoff" | "crash-backoff" | "unknown-type" | "breaker" | "rate" | "pause" | "order";
        /** @enum {string} */
        AttemptOutcome: "running" | "succeeded" | "failed" | "timed-out" | "lost" | "cancelled" | "released" | "checkpointed";
        /**
         * @description VALIDATION is never retried.
         * @enum {string}
         */
        FailureClass: "VALIDATION" | "NETWORK" | "RATE_LIMIT" | "SYSTEM" | "TIMEOUT" | "CRASH" | "EXPIRED" | "UNKNOWN";
        /** @description A start in the future is given as `runAt` or `delaySeconds`, not both. */
        TaskSubmit: {
            taskId?: components["schemas"]["TaskId"];
            /** @description Without it the installation's default type, if it has one. */
            type?: components["schemas"]["TypeName"];
            /** @description What the handler gets, at most 256 KB. Its shape is the task type's. */
            payload: {
                [key: string]: unknown;
            };
            /** @description Not before this moment, at most 30 days ahead. More than 5 minutes past is refused, nearer is now. */
            runAt?: components["schemas"]["Timestamp"];
            /** @description Not before this many seconds from now. */
            delaySeconds?: number;
            tags?: components["schemas"]["Tag"][];
        };
        /** @description What Task and TaskDetail share. */
        TaskFields: {
            taskId: components["schemas"]["TaskId"];
            type: components["schemas"]["TypeName"];
            status: components["schemas"]["TaskStatus"];
            /** @description Rises by one with every write; the ETag is exactly it. */
            version: number;
            /** @description Number of the current or last attempt since submit or the last redrive; 0 before the first. */
            attempt: number;
            /** @description After so many attempts that ended by themselves the task is dead. */
            maxAttempts: number;
            /** @description All attempts ever started, lost ones and those before a redrive included. */
            attemptsTotal: number;
            createdAt: components["schemas"]["Timestamp"];
            updatedAt: components["schemas"]["Timestamp"];
            /** @description The start the client asked for. */
            runAt?: components["schemas"]["Timestamp"];
            /** @description No attempt starts earlier. */
            notBefore?: components["schemas"]["Timestamp"];
            /** @description When the final state was recorded. */
            finishedAt?: components["schemas"]["Timestamp"];
            /** @description A task that is still waiting then is dead with class EXPIRED. */
            expiresAt: components["schemas"]["Timestamp"];
            /** @description Why the task does not run, if it waits. */
            waiting: components["schemas"]["Waiting"] | null;
            cancelRequested: boolean;
            progress: components["schemas"]["Progress"] | null;
            lastFailure: components["schemas"]["LastFailure"] | null;
            tags: components["schemas"]["Tag"][];
            /** @description A redrive changed the payload. */
            payloadEdited: boolean;
            /** @description An operator took the dead task out of the failure inbox. */
            discarded: boolean;
        };
        /** @description A task as lists, receipts, replays and batches show it. */
        Task: components["schemas"]["TaskFields"];
        /** @description A task with everything that is known about it. */
        TaskDetail: {
            /** @description Null when it is withheld. */
            payload: {
                [key: string]: unknown;
            } | null;
            /** @description Payload and result are not shown, because the caller has no scope `payloads:read`. */
            withheld: boolean;
            /** @description What the handler returned; null before it succeeded, and when it is withheld. Not judged by the schema of its type; half characters have become U+FFFD, and the keys `__proto__` and `constructor.prototype` are left out. */
            result: unknown;
            /** @description The last 10 attempts, oldest first. */
            attempts: components["schemas"]["Attempt"][];
            /** @description The last 20 moves by people, oldest first. */
            history: components["schemas"]["HistoryEntry"][];
        } & components["schemas"]["TaskFields"];
        Waiting: {
            reason: components["schemas"]["WaitingReason"];
            until: components["schemas"]["Timestamp"];
        };
        Progress: {
            percent: number;
            message: string | null;
        };
        LastFailure: {
            class: components["schemas"]["FailureClass"];
            /** @description Stable, for machines: the error code or type. */
            code: string;
            message: string;
            at: components["schemas"]["Timestamp"];
        };
        /** @description What Attempt and AttemptDetail share. */
        AttemptFields: {
            /** @description Rises by one at every claim and never resets. */
            fence: number;
            /** @description Its number in the budget; a lost attempt and the one after it share theirs. */
            attempt: number;
            startedAt: components["schemas"]["Timestamp"];
            endedAt: components["schemas"]["Timestamp"] | null;
            outcome: components["schemas"]["AttemptOutcome"];
            class: components["schemas"]["FailureClass"] | null;
            code: string | null;
            /** @description The backoff that followed. */
            delayMs: number | null;
        };
        /** @description An attempt as its task shows it. */
        Attempt: components["schemas"]["AttemptFields"];
        /** @description An attempt with what its handler said. */
        AttemptDetail: {
            /** @description The log lines are not shown, because the caller has no scope `payloads:read`. */
            withheld: boolean;
            /** @description The whole error message of the handler, at most 2 KB. Null when there is none. */
            message: string | null;
            /** @description The last lines, at most 100 and 8 KB. */
            log: components["schemas"]["LogLine"][];
            /** @description Earlier lines were dropped. */
            logTruncated: boolean;
        } & components["schemas"]["AttemptFields"];
        LogLine: {
            at: components["schemas"]["Timestamp"];
            /** @enum {string} */
            level: "debug" | "info" | "warn" | "error";
            text: string;
        };
        HistoryEntry: {
            at: components["schemas"]["Timestamp"];
            /** @description Who did it. */
            subject: string;
            /** @enum {string} */
            move: "cancel" | "redrive" | "discard";
            reason: components["schemas"]["Reason"] | null;
        };
        TaskPage: {
            items: components["schemas"]["Task"][];
            /** @description Opaque. Null on the last page. */
            nextCursor: string | null;
            /** @description How far back a search has come; null on indexed lists, and when nothing is left to look at. */
            searchedTo: components["schemas"]["Timestamp"] | null;
            /** @description Whether an index answers this list. */
            indexed: boolean;
        };
        BatchRequest: {
            tasks: components["schemas"]["TaskSubmit"][];
        };
        BatchResult: {
            results: components["schemas"]["BatchItem"][];
        };
        /** @description What submitting this task alone would have answered. */
        BatchItem: {
            index: number;
            /** @description 202 accepted, 200 replay, else the problem's status. */
            status: number;
            task: components["schemas"]["Task"] | null;
            problem: components["schemas"]["Problem"] | null;
            /** @description Path of the task. */
            location: string | null;
        };
        /** @description A missing body is `{}`. */
        CancelRequest: {
            reason?: components["schemas"]["Reason"];
        };
        /** @description A missing body is `{}`. */
        RedriveRequest: {
            reason?: components["schemas"]["Reason"];
            /** @description Takes the place of the task's payload. */
            payload?: {
                [key: string]: unknown;
            };
        };
        /** @description A missing body is `{}`. */
        DiscardRequest: {
            reason?: components["schemas"]["Reason"];
        };
        Health: {
            /** @constant */
            status: "ok";
            /** @description Version of Holdfast. */
            version: string;
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "unready";
            checks: components["schemas"]["ReadinessCheck"][];
        };
        ReadinessCheck: {
            /** @enum {string} */
            name: "ledger" | "sweep" | "workers";
            ok: boolean;
            /** @description When it last went well. */
            lastAt: components["schemas"]["Timestamp"] | null;
            /** @description What is wrong, and the next step. */
            detail: string | null;
        };
        /** @description An RFC 9457 problem. */
        Problem: {
            /** @description Where the problem is explained. */
            type: string;
            title: string;
            status: number;
            /** @description What went wrong this time. Never repeats raw input. */
            detail: string;
            /** @description Names this occurrence by its request id. */
            instance: string;
            code: components["schemas"]["ProblemCode"];
            /** @description Whether the same request may succeed later. */
            retryable: boolean;
            errors?: components["schemas"]["FieldError"][];
        };
        FieldError: {
            /** @description JSON Pointer into the body; empty for the body itself. */
            pointer: string;
            message: string;
        };
        /**
         * @description Stable. The table x-problems has the status, title and retryability of each.
         * @enum {string}
         */
        ProblemCode: "invalid-json" | "invalid-encoding" | "invalid-unicode" | "duplicate-key" | "forbidden-key" | "json-too-deep" | "invalid-parameter" | "unknown-parameter" | "invalid-cursor" | "invalid-idempotency-key" | "invalid-header" | "unauthenticated" | "forbidden-origin" | "insufficient-scope" | "faults-not-allowed" | "not-found" | "method-not-allowed" | "request-timeout" | "conflict" | "task-final" | "not-dead" | "not-announced-yet" | "stale-version" | "payload-too-large" | "unsupported-media-type" | "misdirected-host" | "validation" | "unknown-task-type" | "number-out-of-range" | "rate-limited" | "internal" | "ledger-unavailable" | "stopping" | "too-many-viewers" | "type-unavailable" | "key-ended" | "too-many-keys" | "identity-unavailable";
        TypeList: {
            items: components["schemas"]["TypeInfo"][];
        };
        TypeInfo: {
            /** @description The name of its folder; one that is no type name is listed with its problem. */
            type: string;
            title: string;
            description: string;
            /** @description The version of the payload that new tasks are stored with; null when the schema cannot be read. */
            version: number | null;
            /** @description JSON Schema 2020-12, written out; null when it cannot be read. */
            payloadSchema: {
                [key: string]: unknown;
            } | null;
            /** @description What a result should look like, likewise. Results are not judged by it: a refusal would come after the effect. */
            resultSchema: {
                [key: string]: unknown;
            } | null;
            examples: components["schemas"]["TypeExample"][];
            /** @description As the handler states it, with defaults filled in; null until a worker has loaded it. */
            policy: components["schemas"]["TypePolicy"] | null;
            /**
             * @description Submits of an unavailable type are 503 `type-unavailable`.
             * @enum {string}
             */
            state: "available" | "unavailable";
            /** @description Why it is unavailable, for whoever writes the type; null when it is available. */
            problem: string | null;
        };
        TypeExample: {
            summary: string;
            payload: {
                [key: string]: unknown;
            };
            /** @description What a handler may return for it. */
            result?: unknown;
        };
        TypePolicy: {
            maxAttempts: number;
            timeoutSeconds: number;
            backoff: {
                floorSeconds: number;
                baseSeconds: number;
                capSeconds: number;
            };
            maxAgeSeconds: number;
        };
        /**
         * @description Whose data it is. Nothing of one tenant is visible to another.
         * @example acme
         */
        TenantName: string;
        /**
         * @description What a caller may do: submit tasks; see them; see their payloads, results and log lines too; cancel, redrive and discard them; manage API keys.
         * @enum {string}
         */
        Scope: "tasks:submit" | "tasks:read" | "payloads:read" | "tasks:operate" | "admin";
        /**
         * @description Names an API key for good; part of the key itself.
         * @example k7x2m9qp4dtw
         */
        KeyId: string;
        /**
         * @description For people.
         * @example checkout service
         */
        KeyName: string;
        Scopes: components["schemas"]["Scope"][];
        Identity: {
            tenant: components["schemas"]["TenantName"];
            /** @description As the history of a task names it: `local`, `key:<keyId>` or `user:<subject of the token>`. */
            subject: string;
            /**
             * @description `local`: whoever reaches a server on its own machine that has no identities.
             * @enum {string}
             */
            kind: "local" | "key" | "token";
            /** @description For people: the name of the key, or of the user where the token has one. */
            name: string | null;
            scopes: components["schemas"]["Scope"][];
            expiresAt: components["schemas"]["Timestamp"] | null;
        };
        CreateKeyRequest: {
            name: components["schemas"]["KeyName"];
            scopes: components["schemas"]["Scopes"];
            /** @description In the future, at most ten years ahead. Without it the key lives until it is revoked. */
            expiresAt?: components["schemas"]["Timestamp"];
        };
        RotateKeyRequest: {
            /**
             * @description How long the secret before works on.
             * @default 86400
             */
            graceSeconds?: number;
        };
        /** @description What ApiKey and NewApiKey share. */
        ApiKeyFields: {
            keyId: components["schemas"]["KeyId"];
            name: components["schemas"]["KeyName"];
            /** @description How the key begins: enough to know it by, too little to use it. */
            prefix: string;
            scopes: components["schemas"]["Scopes"];
            /** @enum {string} */
            state: "usable" | "expired" | "revoked";
            createdAt: components["schemas"]["Timestamp"];
            /** @description The subject that made it. */
            createdBy: string;
            expiresAt: components["schemas"]["Timestamp"] | null;
            rotatedAt: components["schemas"]["Timestamp"] | null;
            /** @description Until when the secret before the last rotation works; null when it does not. */
            previousEndsAt: components["schemas"]["Timestamp"] | null;
            revokedAt: components["schemas"]["Timestamp"] | null;
            /** @description To the minute. */
            lastUsedAt: components["schemas"]["Timestamp"] | null;
        };
        /** @description An API key without its secret. */
        ApiKey: components["schemas"]["ApiKeyFields"];
        /** @description An API key with its secret, shown once. */
        NewApiKey: {
            /** @description What to send as `Authorization: Bearer …`. */
            key: string;
        } & components["schemas"]["ApiKeyFields"];
        ApiKeyList: {
            items: components["schemas"]["ApiKey"][];
        };
        LiveTicket: {
            ticket: string;
            /** @description What to send as `Sec-WebSocket-Protocol`; the second argument of a browser's `new WebSocket`. */
            protocols: string[];
            /**
             * @description Where to connect to; null for `/live` of the server that was asked.
             * @example wss://live.example.com/prod
             */
            url: string | null;
            expiresAt: components["schemas"]["Timestamp"];
        };
        /** @description How many of all, from 0 (none) to 1 (each). */
        FaultRate: number;
        /** @description What befalls attempts of one type. A crash comes before a failure, and a delay before both. */
        TypeFault: {
            type: components["schemas"]["TypeName"];
            /** @default 0 */
            failureRate?: components["schemas"]["FaultRate"];
            /**
             * @description How the attempt fails, instead of being run; VALIDATION is permanent.
             * @default NETWORK
             * @enum {string}
             */
            failureClass?: "VALIDATION" | "NETWORK" | "RATE_LIMIT" | "SYSTEM" | "UNKNOWN";
            /**
             * @description How much later the handler begins, within the time-out of its attempt.
             * @default 0
             */
            delaySeconds?: number;
            /** @default 0 */
            crashRate?: components["schemas"]["FaultRate"];
        };
        /** @description What befalls the messages that tell workers of waiting tasks. The ledger does not depend on them. */
        DoorbellFault: {
            /** @default 0 */
            loseRate?: components["schemas"]["FaultRate"];
            /** @default 0 */
            duplicateRate?: components["schemas"]["FaultRate"];
        };
        /**
         * @description What befalls each task that is read or written in the ledger, before (refused) or after (the reply is lost) it is done. Lists and
         *     counts are spared, and so is the sweeper: it looks after the tasks of all tenants at once.
         */
        LedgerFault: {
            /** @default 0 */
            refuseRate?: components["schemas"]["FaultRate"];
            /** @default 0 */
            loseReplyRate?: components["schemas"]["FaultRate"];
        };
        FaultSettings: {
            /**
             * @description At most one for each type that the installation has.
             * @default []
             */
            types?: components["schemas"]["TypeFault"][];
            /** @default {} */
            doorbell?: components["schemas"]["DoorbellFault"];
            /** @default {} */
            ledger?: components["schemas"]["LedgerFault"];
            /**
             * @description Then all is well again by itself.
             * @default 600
             */
            endsAfterSeconds?: number;
        };
        FaultLab: {
            faults: components["schemas"]["FaultSettings"];
            /** @description When they end by themselves; null while nothing is broken. */
            endsAt: components["schemas"]["Timestamp"] | null;
            injected: components["schemas"]["InjectedFaults"];
            recovered: components["schemas"]["RecoveredFaults"];
        };
        /**
         * @description How many were injected into tasks of this tenant since the counts began, whatever is on now: compare two answers. Those of a
         *     process that ended at once may be missing, some may be there twice after the ledger has not answered; a count may be 2 s old.
         *     Delays and crashes count when their attempt begins, also if its time-out or a cancel then comes before them.
         */
        InjectedFaults: {
            failures: number;
            delays: number;
            crashes: number;
            bellsLost: number;
            /** @description One machine takes two that wait for the same task for one. */
            bellsDuplicated: number;
            ledgerRefusals: number;
            ledgerRepliesLost: number;
        };
        /** @description How often something was put right since the counts began, whoever had broken it. */
        RecoveredFaults: {
            /** @description Failed attempts after which another one was planned. */
            retried: number;
            /** @description Waiting tasks that the sweeper found and rang again. */
            rungAgain: number;
            /** @description Lost attempts that were ended for another one. */
            reaped: number;
        };
        /**
         * @description The points are 1 min apart (15m, 1h), 5 min (6h), 15 min (24h), 1 h (7d) or 2 h (14d).
         * @enum {string}
         */
        StatsWindow: "15m" | "1h" | "6h" | "24h" | "7d" | "14d";
        Stats: {
            window: {
                name: components["schemas"]["StatsWindow"];
                since: components["schemas"]["Timestamp"];
                until: components["schemas"]["Timestamp"];
                /** @description How far the points are apart. */
                stepSeconds: number;
            };
            /** @description Whether each change was counted once, with the change. */
            exact: boolean;
            tasks: components["schemas"]["TaskCounts"];
            /**
             * @description The task that should have started longest ago, and more than a second ago: it is ready, and the time until which it
             *     was to wait is past. Looked for among the 1 000 open tasks that the sweeper looks at soonest or latest. Null when there
             *     is none.
             */
            oldestOverdue: components["schemas"]["OverdueTask"] | null;
            totals: components["schemas"]["StatsTotals"];
            /** @description From the submit (or `runAt`) to the start of the first attempt; null when none started. */
            startLatency: components["schemas"]["Latency"] | null;
            /** @description From the submit (or `runAt`, or the last redrive) to success or death; null when no task reached one. */
            finishLatency: components["schemas"]["Latency"] | null;
            /** @description One entry per class that occurred, most attempts first. */
            failures: components["schemas"]["FailureCount"][];
            /** @description One entry per type with a task in the window, most accepted first. */
            types: components["schemas"]["TypeStats"][];
            /** @description Oldest first, without gaps; the last one is not over yet. */
            points: components["schemas"]["StatsPoint"][];
        };
        /** @description How many tasks there are now, by status. One whose retention has ended may be counted for a minute more. */
        TaskCounts: {
            scheduled: number;
            queued: number;
            retrying: number;
            running: number;
            succeeded: number;
            dead: number;
            cancelled: number;
            /** @description Of the dead, those in the failure inbox: announced, not discarded. */
            inbox: number;
        };
        OverdueTask: {
            taskId: components["schemas"]["TaskId"];
            type: components["schemas"]["TypeName"];
            since: components["schemas"]["Timestamp"];
        };
        /** @description What happened in the window. */
        StatsTotals: {
            accepted: number;
            /** @description Attempts that began. */
            started: number;
            succeeded: number;
            /** @description Deaths; a task that dies again after a redrive counts again. */
            dead: number;
            cancelled: number;
            redriven: number;
            /** @description Attempts that failed, by themselves or by their time-out. */
            failedAttempts: number;
            /** @description Attempts whose process was lost. */
            lostAttempts: number;
        };
        Latency: {
            count: number;
            p50Ms: number;
            p95Ms: number;
            p99Ms: number;
        };
        FailureCount: {
            class: components["schemas"]["FailureClass"];
            /** @description Attempts that failed so, lost ones included. */
            attempts: number;
            /** @description Tasks that died of it. */
            deaths: number;
        };
        TypeStats: {
            type: components["schemas"]["TypeName"];
            totals: components["schemas"]["StatsTotals"];
            startLatency: components["schemas"]["Latency"] | null;
            finishLatency: components["schemas"]["Latency"] | null;
        };
        StatsPoint: {
            /** @description Its beginning. */
            at: components["schemas"]["Timestamp"];
            totals: components["schemas"]["StatsTotals"];
            startLatency: components["schemas"]["Latency"] | null;
            finishLatency: components["schemas"]["Latency"] | null;
        };
        HttpRequestPayload: {
            /** @description http or https, without a user and a password. What is secret in it stays readable in the task: use a header with a secret instead. */
            url: string;
            /**
             * @description POST when it is left out.
             * @enum {string}
             */
            method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";
            /** @description By name, in one spelling each. Refused are those that belong to the connection (Host, Content-Length, Transfer-Encoding and their like), Accept-Encoding, and, when the request is signed, what begins with webhook-. */
            headers?: {
                [key: string]: string | {
                    /** @description The server sends the value of its environment variable SECRET_ with this name behind it. */
                    secret: string;
                    /** @description Stands before the secret, such as `Bearer ` with its space. */
                    prefix?: string;
                };
            };
            /** @description Any JSON, sent as such, as application/json unless a header says otherwise. */
            body?: unknown;
            /** @description Sent as it is, instead of a body; as text/plain unless a header says otherwise. */
            text?: string;
            /** @description Until the whole answer is there, looking up the name included. 30 when it is left out. */
            timeoutSeconds?: number;
            /** @description Sign by Standard Webhooks: the headers webhook-id (the same over retries), webhook-timestamp and webhook-signature. */
            sign?: {
                /** @description The name of a secret of the server whose value is whsec_ and 24 to 64 bytes in base64. */
                secret: string;
            };
        };
        HttpRequestResult: {
            status: number;
            /** @description Of the answer, at most 50, without cookies and what is named like a credential. */
            headers: {
                [key: string]: string;
            };
            /** @description Of the answer. JSON when it says so and reads as such without loss; else its text; empty when it is no UTF-8. */
            body: unknown;
            /** @description Not the whole body is here, because it is longer than 16 KB or no UTF-8. */
            bodyTruncated: boolean;
            /** @description From the first look at the name to the end of the answer. */
            durationMs: number;
        };
        SimulatePayload: {
            /** @description Anything; the handler ignores it. */
            data?: unknown;
            /** @description Share of the attempts that fail. */
            failureRate?: number;
            /**
             * @description How a failing attempt fails. VALIDATION is permanent, the others are retried.
             * @enum {string}
             */
            failureClass?: "VALIDATION" | "NETWORK" | "RATE_LIMIT" | "SYSTEM" | "UNKNOWN";
            /** @description How long an attempt takes. */
            durationMs?: number;
            /**
             * @description Break the rules of handlers: crash aborts the process, hang never settles and ignores the abort signal, leak allocates until killed, block loops without ever yielding.
             * @enum {string}
             */
            misbehave?: "crash" | "hang" | "leak" | "block";
            /** @description Size of the filler in the result. */
            resultBytes?: number;
            /** @description Size of the error message of a failing attempt. */
            errorBytes?: number;
            /** @description Log lines per attempt. */
            logLines?: number;
            /** @description A failing attempt asks for this delay before the next one. */
            retryAfterSeconds?: number;
            /** @description Progress reports over the duration. */
            steps?: number;
        };
        SimulateResult: {
            /** @constant */
            ok: true;
            /** @description The attempt that succeeded. */
            attempt: number;
            /** @description As long as the payload asked for. */
            filler?: string;
        };
        /**
         * @description What a connection can follow.
         * @example task:task123
         */
        Topic: string;
        Topics: (string & components["schemas"]["Topic"])[];
        /**
         * @description Chosen by the client; the answer repeats it as `replyTo`.
         * @example 1
         */
        MessageId: string;
        Subscribe: {
            /** @constant */
            action: "subscribe";
            id: components["schemas"]["MessageId"];
            topics: components["schemas"]["Topics"];
        };
        Unsubscribe: {
            /** @constant */
            action: "unsubscribe";
            id: components["schemas"]["MessageId"];
            topics: components["schemas"]["Topics"];
        };
        Ping: {
            /** @constant */
            action: "ping";
            id: components["schemas"]["MessageId"];
        };
        Welcome: {
            /** @constant */
            kind: "welcome";
            /** @constant */
            protocol: "holdfast.v1";
            at: components["schemas"]["Timestamp"];
            /** @description Send something at least this often; a connection that is silent for twice as long is closed with 1001. */
            pingEverySeconds: number;
            /** @description The planned end of this connection; null when there is none. `goodbye` comes before it. */
            closesAt: components["schemas"]["Timestamp"] | null;
            limits: components["schemas"]["LiveLimits"];
        };
        LiveLimits: {
            /** @description Topics that a connection follows at most. */
            topics: number;
            /** @description Bytes of a frame from the client; a larger one is closed with 1009. */
            frameBytes: number;
            /** @description Messages from the client; more are an error, then 1008. */
            messagesPerSecond: number;
        };
        /** @description From this message on every change of these topics is sent, or a resync says that it was not. */
        Subscriptions: {
            /** @constant */
            kind: "subscriptions";
            replyTo: components["schemas"]["MessageId"];
            /** @description All topics of the connection now, in no order. */
            topics: components["schemas"]["Topic"][];
        };
        Pong: {
            /** @constant */
            kind: "pong";
            replyTo: components["schemas"]["MessageId"];
            at: components["schemas"]["Timestamp"];
        };
        ChangedTasks: {
            /** @constant */
            kind: "tasks";
            /** @description Each task at most once. Merge by `version`. */
            tasks: components["schemas"]["Task"][];
        };
        Resync: {
            /** @constant */
            kind: "resync";
            /**
             * @description `changed`: the topic has no frames of its own and is different now. `slow-reader`: this client does not read fast enough, and its frames were dropped. `overload`: more has changed than frames may carry. `gap`: the server cannot say what was missed.
             * @enum {string}
             */
            reason: "changed" | "slow-reader" | "overload" | "gap";
            topics: components["schemas"]["Topics"];
        };
        LiveError: {
            /** @constant */
            kind: "error";
            /** @description The id of the refused message; null when it had none that could be read. */
            replyTo: components["schemas"]["MessageId"] | null;
            code: components["schemas"]["LiveErrorCode"];
            /** @description For people. Never repeats raw input. */
            message: string;
            /** @description Whether the same message may succeed later. */
            retryable: boolean;
        };
        /**
         * @description `unknown-action`: the message asks for something else than the actions of this contract. `not-found`: no such type, or no task of yours with this id. `too-many-topics`: more than a connection, or all of an identity, may follow. `rate-limited` is followed by close code 1008. The others mean what the problems of the same name mean over HTTP.
         * @enum {string}
         */
        LiveErrorCode: "invalid-json" | "unknown-action" | "validation" | "not-found" | "insufficient-scope" | "too-many-topics" | "rate-limited" | "internal";
        Goodbye: {
            /** @constant */
            kind: "goodbye";
            /**
             * @description `lifetime`: open a new connection at a random moment before `closesAt`, then close this one. `stopping`: connect again after a random delay.
             * @enum {string}
             */
            reason: "lifetime" | "stopping";
            closesAt: components["schemas"]["Timestamp"];
        };
        ClientMessage: components["schemas"]["Subscribe"] | components["schemas"]["Unsubscribe"] | components["schemas"]["Ping"];
        ServerMessage: components["schemas"]["Welcome"] | components["schemas"]["Subscriptions"] | components["schemas"]["Pong"] | components["schemas"]["ChangedTasks"] | components["schemas"]["Resync"] | components["schemas"]["LiveError"] | components["schemas"]["Goodbye"];
    };
    responses: {
        /** @description The caller is not known. Which part was wrong is not said. */
        Unauthenticated: {
            headers: {
                /**
                 * @description How to say who asks; at a missing scope also which one.
                 * @example Bearer realm="holdfast"
                 */
                "WWW-Authenticate"?: string;
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The tenant's rate is used up, too many of its requests are under way, or too many of this address were not authenticated. */
        RateLimited: {
            headers: {
                /**
                 * @description Seconds after which asking again may help.
                 * @example 5
                 */
                "Retry-After"?: number;
                /**
                 * @description What is left of the tenant's rate, by draft-ietf-httpapi-ratelimit-headers-11: whoever sends no more than `r` requests within `t` seconds is not refused. `t` is when all is there again, at a 429 no later than `Retry-After`. Absent where a tenant has no rate.
                 * @example "tenant";r=950;t=1
                 */
                RateLimit?: string;
                /**
                 * @description The rate itself: `q` requests within `w` seconds. A batch counts as many as it has tasks, and any request at least one for each 16 KiB of its body; without `Content-Length`, of the largest body that the operation takes.
                 * @example "tenant";q=1000;w=2
                 */
                "RateLimit-Policy"?: string;
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The key has ended, or the tenant has as many keys as it may. */
        KeyConflict: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be read, or a parameter or header is wrong. */
        BadRequest: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The faults that are on, and what was counted. */
        FaultLab: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["FaultLab"];
            };
        };
        /** @description The origin or the caller may not do this. */
        Forbidden: {
            headers: {
                /**
                 * @description How to say who asks; at a missing scope also which one.
                 * @example Bearer realm="holdfast"
                 */
                "WWW-Authenticate"?: string;
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing of the tenant has this id. */
        NotFound: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The id belongs to another request. */
        Conflict: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The task is final and stays as it is. */
        TaskFinal: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The task is not dead, or its death is not announced yet. */
        NotDead: {
            headers: {
                /**
                 * @description Seconds after which asking again may help.
                 * @example 5
                 */
                "Retry-After"?: number;
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The task changed since the version in If-Match. */
        StaleVersion: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is larger than this operation takes; it was not parsed. */
        PayloadTooLarge: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is not plain application/json. */
        UnsupportedMediaType: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This server does not answer for that host. */
        Misdirected: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body was read and does not keep the contract. */
        Unprocessable: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A fault of the server. The request id finds it in the logs; asking again is safe. */
        Internal: {
            headers: {
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The service cannot do this now. Asking again is safe, but first look at the keys where one is made or rotated. */
        Unavailable: {
            headers: {
                /**
                 * @description Seconds after which asking again may help.
                 * @example 5
                 */
                "Retry-After"?: number;
                /**
                 * @description Names this request in the logs. On every answer.
                 * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                 */
                "X-Request-Id"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /**
         * @description The id of the task. One that breaks the pattern names no task, so it is 404.
         * @example task123
         */
        TaskId: components["schemas"]["TaskId"];
        /**
         * @description The number of the attempt's claim, as `attempts` of the task shows it. Any other names nothing, so it is 404.
         * @example 2
         */
        Fence: string;
        /**
         * @description The id of the API key. One that breaks the pattern names no key, so it is 404.
         * @example k7x2m9qp4dtw
         */
        KeyId: components["schemas"]["KeyId"];
        /** @description Instead of a `taskId`, which is then derived from this key. 1 to 255 printable ASCII characters. */
        IdempotencyKey: string;
        /** @description The `ETag` last seen. If the task changed since, nothing happens and the answer is 412 `stale-version`. */
        IfMatch: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Path of the task.
         * @example /tasks/task123
         */
        Location: string;
        /**
         * @description The version of the task, quoted. It rises by one with every write.
         * @example "1"
         */
        ETag: string;
        /**
         * @description Names this request in the logs. On every answer.
         * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
         */
        XRequestId: string;
        /**
         * @description Seconds after which asking again may help.
         * @example 5
         */
        RetryAfter: number;
        /**
         * @description The next page, as `<path>; rel="next"`. Absent on the last page.
         * @example </tasks?limit=25&cursor=eyJwIjoxfQ>; rel="next"
         */
        Link: string;
        /**
         * @description How to say who asks; at a missing scope also which one.
         * @example Bearer realm="holdfast"
         */
        WWWAuthenticate: string;
        /**
         * @description What is left of the tenant's rate, by draft-ietf-httpapi-ratelimit-headers-11: whoever sends no more than `r` requests within `t` seconds is not refused. `t` is when all is there again, at a 429 no later than `Retry-After`. Absent where a tenant has no rate.
         * @example "tenant";r=950;t=1
         */
        RateLimit: string;
        /**
         * @description The rate itself: `q` requests within `w` seconds. A batch counts as many as it has tasks, and any request at least one for each 16 KiB of its body; without `Content-Length`, of the largest body that the operation takes.
         * @example "tenant";q=1000;w=2
         */
        RateLimitPolicy: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listTasks: {
        parameters: {
            query?: {
                /** @description Only tasks of this status; `dead` is the failure inbox. */
                status?: components["schemas"]["TaskStatus"];
                /** @description Only tasks of this type. One that is not installed any more may still have tasks. */
                type?: components["schemas"]["TypeName"];
                /** @description Only tasks whose last failure is of this class. */
                class?: components["schemas"]["FailureClass"];
                /** @description Only tasks with this tag. */
                tag?: components["schemas"]["Tag"];
                /** @description Only tasks created (in the failure inbox, dead) at this moment or later. */
                since?: components["schemas"]["Timestamp"];
                /** @description Only tasks created (in the failure inbox, dead) before this moment. It must come after `since`. */
                until?: components["schemas"]["Timestamp"];
                /** @description Tasks per page. */
                limit?: number;
                /** @description `nextCursor` of the page before. It belongs to one list; any other is 400 `invalid-cursor`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page. */
            200: {
                headers: {
                    /**
                     * @description The next page, as `<path>; rel="next"`. Absent on the last page.
                     * @example </tasks?limit=25&cursor=eyJwIjoxfQ>; rel="next"
                     */
                    Link?: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    submitTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description Instead of a `taskId`, which is then derived from this key. 1 to 255 printable ASCII characters. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskSubmit"];
            };
        };
        responses: {
            /** @description A replay. The same request was accepted before; this is the task as it is now. */
            200: {
                headers: {
                    /**
                     * @description Path of the task.
                     * @example /tasks/task123
                     */
                    Location: string;
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            /** @description The receipt. The task is stored and will reach a final state. */
            202: {
                headers: {
                    /**
                     * @description Path of the task.
                     * @example /tasks/task123
                     */
                    Location: string;
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    submitTasks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
            };
        };
        responses: {
            /** @description Per task, the task or a problem. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResult"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getTask: {
        parameters: {
            query?: {
                /** @description Upper bound in seconds for waiting until the task is final. */
                wait?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The task as it is now. */
            200: {
                headers: {
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
                /**
                 * @description The number of the attempt's claim, as `attempts` of the task shows it. Any other names nothing, so it is 404.
                 * @example 2
                 */
                fence: components["parameters"]["Fence"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The attempt as it is now. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttemptDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` last seen. If the task changed since, nothing happens and the answer is 412 `stale-version`. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            /** @description Cancelled. */
            200: {
                headers: {
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetail"];
                };
            };
            /** @description Requested. The running attempt is told to stop. */
            202: {
                headers: {
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["TaskFinal"];
            412: components["responses"]["StaleVersion"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    redriveTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` last seen. If the task changed since, nothing happens and the answer is 412 `stale-version`. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RedriveRequest"];
            };
        };
        responses: {
            /** @description The task is queued again. */
            202: {
                headers: {
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["NotDead"];
            412: components["responses"]["StaleVersion"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    discardTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` last seen. If the task changed since, nothing happens and the answer is 412 `stale-version`. */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                /**
                 * @description The id of the task. One that breaks the pattern names no task, so it is 404.
                 * @example task123
                 */
                taskId: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DiscardRequest"];
            };
        };
        responses: {
            /** @description Discarded. */
            200: {
                headers: {
                    /**
                     * @description The version of the task, quoted. It rises by one with every write.
                     * @example "1"
                     */
                    ETag: string;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDetail"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["NotDead"];
            412: components["responses"]["StaleVersion"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process answers. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            500: components["responses"]["Internal"];
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            400: components["responses"]["BadRequest"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            500: components["responses"]["Internal"];
            /** @description Not ready; the failing check says why. */
            503: {
                headers: {
                    /**
                     * @description Seconds after which asking again may help.
                     * @example 5
                     */
                    "Retry-After"?: number;
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    listTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypeList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStats: {
        parameters: {
            query?: {
                /** @description How far back, to now. Longer windows have coarser points. */
                window?: components["schemas"]["StatsWindow"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Counts now, and the window. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The ticket. */
            201: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LiveTicket"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getIdentity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller, as the service knows it. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identity"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeyList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKeyRequest"];
            };
        };
        responses: {
            /** @description The key, shown this once. */
            201: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["KeyConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the API key. One that breaks the pattern names no key, so it is 404.
                 * @example k7x2m9qp4dtw
                 */
                keyId: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateKeyRequest"];
            };
        };
        responses: {
            /** @description The key with its new secret, shown this once. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["KeyConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of the API key. One that breaks the pattern names no key, so it is 404.
                 * @example k7x2m9qp4dtw
                 */
                keyId: components["parameters"]["KeyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Revoked. */
            200: {
                headers: {
                    /**
                     * @description Names this request in the logs. On every answer.
                     * @example 01980f2e-5c1a-7b60-9d53-2f0c6f1f7a10
                     */
                    "X-Request-Id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["FaultLab"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            421: components["responses"]["Misdirected"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    putFaults: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FaultSettings"];
            };
        };
        responses: {
            200: components["responses"]["FaultLab"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            421: components["responses"]["Misdirected"];
            422: components["responses"]["Unprocessable"];
            429: components["responses"]["RateLimited"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}

export type TaskId = components['schemas']['TaskId'];
export type TypeName = components['schemas']['TypeName'];
export type Timestamp = components['schemas']['Timestamp'];
export type Tag = components['schemas']['Tag'];
export type Reason = components['schemas']['Reason'];
export type TaskStatus = components['schemas']['TaskStatus'];
export const taskStatusValues = ["scheduled", "queued", "retrying", "running", "succeeded", "dead", "cancelled"] as const satisfies readonly TaskStatus[];
export type WaitingReason = components['schemas']['WaitingReason'];
export const waitingReasonValues = ["scheduled", "backoff", "crash-backoff", "unknown-type", "breaker", "rate", "pause", "order"] as const satisfies readonly WaitingReason[];
export type AttemptOutcome = components['schemas']['AttemptOutcome'];
export const attemptOutcomeValues = ["running", "succeeded", "failed", "timed-out", "lost", "cancelled", "released", "checkpointed"] as const satisfies readonly AttemptOutcome[];
export type FailureClass = components['schemas']['FailureClass'];
export const failureClassValues = ["VALIDATION", "NETWORK", "RATE_LIMIT", "SYSTEM", "TIMEOUT", "CRASH", "EXPIRED", "UNKNOWN"] as const satisfies readonly FailureClass[];
export type TaskSubmit = components['schemas']['TaskSubmit'];
export type TaskFields = components['schemas']['TaskFields'];
export type Task = components['schemas']['Task'];
export type TaskDetail = components['schemas']['TaskDetail'];
export type Waiting = components['schemas']['Waiting'];
export type Progress = components['schemas']['Progress'];
export type LastFailure = components['schemas']['LastFailure'];
export type AttemptFields = components['schemas']['AttemptFields'];
export type Attempt = components['schemas']['Attempt'];
export type AttemptDetail = components['schemas']['AttemptDetail'];
export type LogLine = components['schemas']['LogLine'];
export type HistoryEntry = components['schemas']['HistoryEntry'];
export type TaskPage = components['schemas']['TaskPage'];
export type BatchRequest = components['schemas']['BatchRequest'];
export type BatchResult = components['schemas']['BatchResult'];
export type BatchItem = components['schemas']['BatchItem'];
export type CancelRequest = components['schemas']['CancelRequest'];
export type RedriveRequest = components['schemas']['RedriveRequest'];
export type DiscardRequest = components['schemas']['DiscardRequest'];
export type Health = components['schemas']['Health'];
export type Readiness = components['schemas']['Readiness'];
export type ReadinessCheck = components['schemas']['ReadinessCheck'];
export type Problem = components['schemas']['Problem'];
export type FieldError = components['schemas']['FieldError'];
export type ProblemCode = components['schemas']['ProblemCode'];
export const problemCodeValues = ["invalid-json", "invalid-encoding", "invalid-unicode", "duplicate-key", "forbidden-key", "json-too-deep", "invalid-parameter", "unknown-parameter", "invalid-cursor", "invalid-idempotency-key", "invalid-header", "unauthenticated", "forbidden-origin", "insufficient-scope", "faults-not-allowed", "not-found", "method-not-allowed", "request-timeout", "conflict", "task-final", "not-dead", "not-announced-yet", "stale-version", "payload-too-large", "unsupported-media-type", "misdirected-host", "validation", "unknown-task-type", "number-out-of-range", "rate-limited", "internal", "ledger-unavailable", "stopping", "too-many-viewers", "type-unavailable", "key-ended", "too-many-keys", "identity-unavailable"] as const satisfies readonly ProblemCode[];
export type TypeList = components['schemas']['TypeList'];
export type TypeInfo = components['schemas']['TypeInfo'];
export type TypeExample = components['schemas']['TypeExample'];
export type TypePolicy = components['schemas']['TypePolicy'];
export type TenantName = components['schemas']['TenantName'];
export type Scope = components['schemas']['Scope'];
export const scopeValues = ["tasks:submit", "tasks:read", "payloads:read", "tasks:operate", "admin"] as const satisfies readonly Scope[];
export type KeyId = components['schemas']['KeyId'];
export type KeyName = components['schemas']['KeyName'];
export type Scopes = components['schemas']['Scopes'];
export type Identity = components['schemas']['Identity'];
export type CreateKeyRequest = components['schemas']['CreateKeyRequest'];
export type RotateKeyRequest = components['schemas']['RotateKeyRequest'];
export type ApiKeyFields = components['schemas']['ApiKeyFields'];
export type ApiKey = components['schemas']['ApiKey'];
export type NewApiKey = components['schemas']['NewApiKey'];
export type ApiKeyList = components['schemas']['ApiKeyList'];
export type LiveTicket = components['schemas']['LiveTicket'];
export type FaultRate = components['schemas']['FaultRate'];
export type TypeFault = components['schemas']['TypeFault'];
export type DoorbellFault = components['schemas']['DoorbellFault'];
export type LedgerFault = components['schemas']['LedgerFault'];
export type FaultSettings = components['schemas']['FaultSettings'];
export type FaultLab = components['schemas']['FaultLab'];
export type InjectedFaults = components['schemas']['InjectedFaults'];
export type RecoveredFaults = components['schemas']['RecoveredFaults'];
export type StatsWindow = components['schemas']['StatsWindow'];
export const statsWindowValues = ["15m", "1h", "6h", "24h", "7d", "14d"] as const satisfies readonly StatsWindow[];
export type Stats = components['schemas']['Stats'];
export type TaskCounts = components['schemas']['TaskCounts'];
export type OverdueTask = components['schemas']['OverdueTask'];
export type StatsTotals = components['schemas']['StatsTotals'];
export type Latency = components['schemas']['Latency'];
export type FailureCount = components['schemas']['FailureCount'];
export type TypeStats = components['schemas']['TypeStats'];
export type StatsPoint = components['schemas']['StatsPoint'];
export type HttpRequestPayload = components['schemas']['HttpRequestPayload'];
export type HttpRequestResult = components['schemas']['HttpRequestResult'];
export type SimulatePayload = components['schemas']['SimulatePayload'];
export type SimulateResult = components['schemas']['SimulateResult'];
export type Topic = components['schemas']['Topic'];
export type Topics = components['schemas']['Topics'];
export type MessageId = components['schemas']['MessageId'];
export type Subscribe = components['schemas']['Subscribe'];
export type Unsubscribe = components['schemas']['Unsubscribe'];
export type Ping = components['schemas']['Ping'];
export type Welcome = components['schemas']['Welcome'];
export type LiveLimits = components['schemas']['LiveLimits'];
export type Subscriptions = components['schemas']['Subscriptions'];
export type Pong = components['schemas']['Pong'];
export type ChangedTasks = components['schemas']['ChangedTasks'];
export type Resync = components['schemas']['Resync'];
export type LiveError = components['schemas']['LiveError'];
export type LiveErrorCode = components['schemas']['LiveErrorCode'];
export const liveErrorCodeValues = ["invalid-json", "unknown-action", "validation", "not-found", "insufficient-scope", "too-many-topics", "rate-limited", "internal"] as const satisfies readonly LiveErrorCode[];
export type Goodbye = components['schemas']['Goodbye'];
export type ClientMessage = components['schemas']['ClientMessage'];
export type ServerMessage = components['schemas']['ServerMessage'];

/** The body of each operation after validation; items judged alone are still unknown. */
export interface RequestBodies {
  listTasks: null;
  submitTask: TaskSubmit;
  submitTasks: Omit<BatchRequest, 'tasks'> & { tasks: unknown[] };
  getTask: null;
  getAttempt: null;
  cancelTask: CancelRequest;
  redriveTask: RedriveRequest;
  discardTask: DiscardRequest;
  getHealth: null;
  getReadiness: null;
  listTypes: null;
  getStats: null;
  createTicket: null;
  getIdentity: null;
  listKeys: null;
  createKey: CreateKeyRequest;
  rotateKey: RotateKeyRequest;
  revokeKey: null;
  getFaults: null;
  putFaults: FaultSettings;
}

/** Query parameters that validation fills in. */
export interface QueryDefaults {
  listTasks: 'limit';
  submitTask: never;
  submitTasks: never;
  getTask: 'wait';
  getAttempt: never;
  cancelTask: never;
  redriveTask: never;
  discardTask: never;
  getHealth: never;
  getReadiness: never;
  listTypes: never;
  getStats: 'window';
  createTicket: never;
  getIdentity: never;
  listKeys: never;
  createKey: never;
  rotateKey: never;
  revokeKey: never;
  getFaults: never;
  putFaults: never;
}
