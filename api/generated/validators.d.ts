// Generated from api/openapi.yaml by `npm run generate`; do not edit.
import type { HeaderParameters, PathParameters, QueryParameters } from '../operation.ts';
import type { Validator } from '../validator.ts';
import type { HttpRequestPayload, RequestBodies, SimulatePayload } from './types.ts';

export declare const bodies: {
  readonly 'TaskSubmit': Validator<RequestBodies['submitTask']>;
  readonly 'BatchRequest': Validator<RequestBodies['submitTasks']>;
  readonly 'CancelRequest': Validator<RequestBodies['cancelTask']>;
  readonly 'RedriveRequest': Validator<RequestBodies['redriveTask']>;
  readonly 'DiscardRequest': Validator<RequestBodies['discardTask']>;
  readonly 'CreateKeyRequest': Validator<RequestBodies['createKey']>;
  readonly 'RotateKeyRequest': Validator<RequestBodies['rotateKey']>;
  readonly 'FaultSettings': Validator<RequestBodies['putFaults']>;
};

export declare const parameters: {
  readonly 'listTasks': {
    readonly 'path': Validator<PathParameters<'listTasks'>>;
    readonly 'query': Validator<QueryParameters<'listTasks'>>;
    readonly 'headers': Validator<HeaderParameters<'listTasks'>>;
  };
  readonly 'submitTask': {
    readonly 'path': Validator<PathParameters<'submitTask'>>;
    readonly 'query': Validator<QueryParameters<'submitTask'>>;
    readonly 'headers': Validator<HeaderParameters<'submitTask'>>;
  };
  readonly 'submitTasks': {
    readonly 'path': Validator<PathParameters<'submitTasks'>>;
    readonly 'query': Validator<QueryParameters<'submitTasks'>>;
    readonly 'headers': Validator<HeaderParameters<'submitTasks'>>;
  };
  readonly 'getTask': {
    readonly 'path': Validator<PathParameters<'getTask'>>;
    readonly 'query': Validator<QueryParameters<'getTask'>>;
    readonly 'headers': Validator<HeaderParameters<'getTask'>>;
  };
  readonly 'getAttempt': {
    readonly 'path': Validator<PathParameters<'getAttempt'>>;
    readonly 'query': Validator<QueryParameters<'getAttempt'>>;
    readonly 'headers': Validator<HeaderParameters<'getAttempt'>>;
  };
  readonly 'cancelTask': {
    readonly 'path': Validator<PathParameters<'cancelTask'>>;
    readonly 'query': Validator<QueryParameters<'cancelTask'>>;
    readonly 'headers': Validator<HeaderParameters<'cancelTask'>>;
  };
  readonly 'redriveTask': {
    readonly 'path': Validator<PathParameters<'redriveTask'>>;
    readonly 'query': Validator<QueryParameters<'redriveTask'>>;
    readonly 'headers': Validator<HeaderParameters<'redriveTask'>>;
  };
  readonly 'discardTask': {
    readonly 'path': Validator<PathParameters<'discardTask'>>;
    readonly 'query': Validator<QueryParameters<'discardTask'>>;
    readonly 'headers': Validator<HeaderParameters<'discardTask'>>;
  };
  readonly 'getHealth': {
    readonly 'path': Validator<PathParameters<'getHealth'>>;
    readonly 'query': Validator<QueryParameters<'getHealth'>>;
    readonly 'headers': Validator<HeaderParameters<'getHealth'>>;
  };
  readonly 'getReadiness': {
    readonly 'path': Validator<PathParameters<'getReadiness'>>;
    readonly 'query': Validator<QueryParameters<'getReadiness'>>;
    readonly 'headers': Validator<HeaderParameters<'getReadiness'>>;
  };
  readonly 'listTypes': {
    readonly 'path': Validator<PathParameters<'listTypes'>>;
    readonly 'query': Validator<QueryParameters<'listTypes'>>;
    readonly 'headers': Validator<HeaderParameters<'listTypes'>>;
  };
  readonly 'getStats': {
    readonly 'path': Validator<PathParameters<'getStats'>>;
    readonly 'query': Validator<QueryParameters<'getStats'>>;
    readonly 'headers': Validator<HeaderParameters<'getStats'>>;
  };
  readonly 'createTicket': {
    readonly 'path': Validator<PathParameters<'createTicket'>>;
    readonly 'query': Validator<QueryParameters<'createTicket'>>;
    readonly 'headers': Validator<HeaderParameters<'createTicket'>>;
  };
  readonly 'getIdentity': {
    readonly 'path': Validator<PathParameters<'getIdentity'>>;
    readonly 'query': Validator<QueryParameters<'getIdentity'>>;
    readonly 'headers': Validator<HeaderParameters<'getIdentity'>>;
  };
  readonly 'listKeys': {
    readonly 'path': Validator<PathParameters<'listKeys'>>;
    readonly 'query': Validator<QueryParameters<'listKeys'>>;
    readonly 'headers': Validator<HeaderParameters<'listKeys'>>;
  };
  readonly 'createKey': {
    readonly 'path': Validator<PathParameters<'createKey'>>;
    readonly 'query': Validator<QueryParameters<'createKey'>>;
    readonly 'headers': Validator<HeaderParameters<'createKey'>>;
  };
  readonly 'rotateKey': {
    readonly 'path': Validator<PathParameters<'rotateKey'>>;
    readonly 'query': Validator<QueryParameters<'rotateKey'>>;
    readonly 'headers': Validator<HeaderParameters<'rotateKey'>>;
  };
  readonly 'revokeKey': {
    readonly 'path': Validator<PathParameters<'revokeKey'>>;
    readonly 'query': Validator<QueryParameters<'revokeKey'>>;
    readonly 'headers': Validator<HeaderParameters<'revokeKey'>>;
  };
  readonly 'getFaults': {
    readonly 'path': Validator<PathParameters<'getFaults'>>;
    readonly 'query': Validator<QueryParameters<'getFaults'>>;
    readonly 'headers': Validator<HeaderParameters<'getFaults'>>;
  };
  readonly 'putFaults': {
    readonly 'path': Validator<PathParameters<'putFaults'>>;
    readonly 'query': Validator<QueryParameters<'putFaults'>>;
    readonly 'headers': Validator<HeaderParameters<'putFaults'>>;
  };
};

export declare const payloads: {
  readonly 'http-request': Validator<HttpRequestPayload>;
  readonly 'simulate': Validator<SimulatePayload>;
};
