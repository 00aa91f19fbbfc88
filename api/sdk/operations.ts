// One function per operation that only some need; TaskReader has the others. What goes in is what the contract asks for, what
// comes out is what http.ts says.
import type * as Api from '@holdfast/api/types';
import type { Call, Http } from './http.ts';

export interface Move<Body> extends Call {
  readonly body: Body;
  /** Only if the task still has this version. */
  readonly ifVersion?: number | undefined;
}

export class Operations {
  readonly #http: Http;

  constructor(http: Http) {
    this.#http = http;
  }

  /** `json` is the body, written out already. */
  submitTask(json: string, { signal, idempotencyKey }: Call & { readonly idempotencyKey?: string | undefined }) {
    const header = idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey };
    const written = { ...WRITTEN_OUT, bodySerializer: () => json };
    const limits = { signal, field: 'taskId' };
    return this.#http.ask(limits, (init) =>
      this.#http.client.POST('/tasks', { ...init, ...written, params: { header } }),
    );
  }

  /** `json` is the body, written out already. */
  submitTasks(json: string, call: Call): Promise<Api.BatchResult> {
    const written = { body: { tasks: [] }, bodySerializer: () => json };
    const limits = { ...call, field: 'results' };
    return this.#http.ask(limits, (init) => this.#http.client.POST('/tasks/batch', { ...init, ...written }));
  }

  getTask(taskId: string, { signal, waitSeconds }: Call & { readonly waitSeconds?: number | undefined }) {
    const query = waitSeconds === undefined ? {} : { wait: waitSeconds };
    const params = { path: { taskId: inPath(taskId) }, query };
    const extraMs = (waitSeconds ?? 0) * 1000;
    return this.#http.ask({ signal, extraMs }, (init) => this.#http.client.GET('/tasks/{taskId}', { ...init, params }));
  }

  getAttempt(taskId: string, fence: number, call: Call): Promise<Api.AttemptDetail> {
    const params = { path: { taskId: inPath(taskId), fence: String(fence) } };
    return this.#http.ask(call, (init) =>
      this.#http.client.GET('/tasks/{taskId}/attempts/{fence}', { ...init, params }),
    );
  }

  cancelTask(taskId: string, move: Move<Api.CancelRequest>): Promise<Api.TaskDetail> {
    const asked = { body: move.body, params: { path: { taskId: inPath(taskId) }, header: ifMatch(move) } };
    return this.#http.ask(move, (init) => this.#http.client.POST('/tasks/{taskId}/cancel', { ...init, ...asked }));
  }

  redriveTask(taskId: string, move: Move<Api.RedriveRequest>): Promise<Api.TaskDetail> {
    const asked = { body: move.body, params: { path: { taskId: inPath(taskId) }, header: ifMatch(move) } };
    return this.#http.ask(move, (init) => this.#http.client.POST('/tasks/{taskId}/redrive', { ...init, ...asked }));
  }

  discardTask(taskId: string, move: Move<Api.DiscardRequest>): Promise<Api.TaskDetail> {
    const asked = { body: move.body, params: { path: { taskId: inPath(taskId) }, header: ifMatch(move) } };
    return this.#http.ask(move, (init) => this.#http.client.POST('/tasks/{taskId}/discard', { ...init, ...asked }));
  }

  listTypes(call: Call): Promise<Api.TypeList> {
    return this.#http.ask(call, (init) => this.#http.client.GET('/types', init));
  }

  getStats(window: Api.StatsWindow, call: Call): Promise<Api.Stats> {
    return this.#http.ask(call, (init) => this.#http.client.GET('/stats', { ...init, params: { query: { window } } }));
  }

  listKeys(call: Call): Promise<Api.ApiKeyList> {
    return this.#http.ask(call, (init) => this.#http.client.GET('/keys', init));
  }

  createKey(body: Api.CreateKeyRequest, call: Call): Promise<Api.NewApiKey> {
    return this.#http.ask(call, (init) => this.#http.client.POST('/keys', { ...init, body }));
  }

  rotateKey(keyId: string, body: Api.RotateKeyRequest, call: Call): Promise<Api.NewApiKey> {
    const params = { path: { keyId: inPath(keyId) } };
    return this.#http.ask(call, (init) => this.#http.client.POST('/keys/{keyId}/rotate', { ...init, body, params }));
  }

  revokeKey(keyId: string, call: Call): Promise<Api.ApiKey> {
    const params = { path: { keyId: inPath(keyId) } };
    return this.#http.ask(call, (init) => this.#http.client.POST('/keys/{keyId}/revoke', { ...init, params }));
  }

  getFaults(call: Call): Promise<Api.FaultLab> {
    return this.#http.ask(call, (init) => this.#http.client.GET('/faults', init));
  }

  putFaults(body: Api.FaultSettings, call: Call): Promise<Api.FaultLab> {
    return this.#http.ask(call, (init) => this.#http.client.PUT('/faults', { ...init, body }));
  }

  /** Not being ready is an answer here, not a problem. */
  getReadiness(call: Call): Promise<Api.Readiness> {
    return this.#http.ask(call, async (init) => {
      const { data, error, response } = await this.#http.client.GET('/ready', init);
      return 'checks' in Object(error) ? { data: error as Api.Readiness, response } : { data, error, response };
    });
  }
}

/** The type wants a body; the serializer writes another. */
const WRITTEN_OUT = { body: { payload: {} } };

const ifMatch = ({ ifVersion }: { readonly ifVersion?: number | undefined }) =>
  ifVersion === undefined ? {} : { 'If-Match': `"${ifVersion}"` };

/** A URL resolves dots and asks for something else: written so, they are no task's id either. */
const inPath = (taskId: string): string => (/^\.{0,2}$/.test(taskId) ? `~${taskId}` : taskId);
