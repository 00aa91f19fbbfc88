// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { Validator } from '../validator.ts';
import type { ApiKey, ApiKeyList, AttemptDetail, BatchResult, ChangedTasks, FaultLab, Goodbye, Health, HttpRequestResult, Identity, LiveError, LiveTicket, NewApiKey, Pong, Problem, Readiness, Resync, SimulateResult, Stats, Subscriptions, Task, TaskDetail, TaskPage, TypeList, Welcome } from './types.ts';

export declare const responses: {
  readonly 'listTasks': {
    readonly '200': Validator<TaskPage>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'submitTask': {
    readonly '200': Validator<Task>;
    readonly '202': Validator<Task>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '409': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'submitTasks': {
    readonly '200': Validator<BatchResult>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'getTask': {
    readonly '200': Validator<TaskDetail>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'getAttempt': {
    readonly '200': Validator<AttemptDetail>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'cancelTask': {
    readonly '200': Validator<TaskDetail>;
    readonly '202': Validator<TaskDetail>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '409': Validator<Problem>;
    readonly '412': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'redriveTask': {
    readonly '202': Validator<TaskDetail>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '409': Validator<Problem>;
    readonly '412': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'discardTask': {
    readonly '200': Validator<TaskDetail>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '409': Validator<Problem>;
    readonly '412': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'getHealth': {
    readonly '200': Validator<Health>;
    readonly '400': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '500': Validator<Problem>;
  };
  readonly 'getReadiness': {
    readonly '200': Validator<Readiness>;
    readonly '400': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Readiness>;
  };
  readonly 'listTypes': {
    readonly '200': Validator<TypeList>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'getStats': {
    readonly '200': Validator<Stats>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'createTicket': {
    readonly '201': Validator<LiveTicket>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'getIdentity': {
    readonly '200': Validator<Identity>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'listKeys': {
    readonly '200': Validator<ApiKeyList>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'createKey': {
    readonly '201': Validator<NewApiKey>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '409': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'rotateKey': {
    readonly '200': Validator<NewApiKey>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '409': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'revokeKey': {
    readonly '200': Validator<ApiKey>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '404': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'getFaults': {
    readonly '200': Validator<FaultLab>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
  readonly 'putFaults': {
    readonly '200': Validator<FaultLab>;
    readonly '400': Validator<Problem>;
    readonly '401': Validator<Problem>;
    readonly '403': Validator<Problem>;
    readonly '413': Validator<Problem>;
    readonly '415': Validator<Problem>;
    readonly '421': Validator<Problem>;
    readonly '422': Validator<Problem>;
    readonly '429': Validator<Problem>;
    readonly '500': Validator<Problem>;
    readonly '503': Validator<Problem>;
  };
};

export declare const results: {
  readonly 'http-request': Validator<HttpRequestResult>;
  readonly 'simulate': Validator<SimulateResult>;
};

export declare const serverMessages: {
  readonly 'welcome': Validator<Welcome>;
  readonly 'subscriptions': Validator<Subscriptions>;
  readonly 'pong': Validator<Pong>;
  readonly 'tasks': Validator<ChangedTasks>;
  readonly 'resync': Validator<Resync>;
  readonly 'error': Validator<LiveError>;
  readonly 'goodbye': Validator<Goodbye>;
};
