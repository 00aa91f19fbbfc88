/** Holds one answer against the contract and against what every answer promises. A finding names the rule it breaks. */
import { problems } from '@holdfast/api/problems';
import { responses } from '@holdfast/api/response-validators';
import type { Problem, ProblemCode } from '@holdfast/api/types';
import type { Validator } from '@holdfast/api/validator';
import type { Broken, Judge } from './verdict.ts';
import { letIn, noCredential, ofItsTenant } from './judge-identity.ts';
import type { Planned } from './planned.ts';
import type { Answered, Exchange } from './wire.ts';

const REQUEST_ID = /^[A-Za-z0-9_-]{1,64}$/;
const SAYS_IT_IS_WRONG: readonly number[] = [400, 405, 413, 415, 421, 422];
/** What a server that is well may answer with 503. */
const PASSING: readonly ProblemCode[] = ['type-unavailable'];
const problemValidator: Validator<Problem> = responses.listTasks['400'];

export function judged(exchange: Exchange, planned: Planned, marker: string): Broken | undefined {
  if (exchange === 'left' || (exchange === 'gone' && mayHangUp(planned))) return undefined;
  if (typeof exchange === 'string') return { rule: 'no answer', why: exchange };
  for (const judge of JUDGES) {
    const broken = judge(exchange, planned, marker);
    if (broken) return broken;
  }
  return undefined;
}

/** Whoever sends noise, or goes on sending after a refusal, may lose the connection. */
const mayHangUp = ({ raw, mutation }: Planned): boolean => raw !== undefined || mutation === 'far too large';

const isReadiness = ({ operationId }: Planned, status: number): boolean =>
  operationId === 'getReadiness' && status === 503;

const noFault: Judge = (answered, planned) => {
  const { status } = answered;
  if (status < 500 || isReadiness(planned, status)) return undefined;
  const { code } = (answered.json ?? {}) as Partial<Problem>;
  if (status === 503 && code !== undefined && PASSING.includes(code)) return undefined;
  return { rule: 'a fault of the server', why: `${status} ${code ?? ''}` };
};

const requestId: Judge = ({ headers }) => {
  const id = headers['x-request-id'];
  return typeof id === 'string' && REQUEST_ID.test(id) ? undefined : { rule: 'no request id', why: String(id) };
};

const listed: Judge = (answered, { operationId, method }) => {
  if (operationId === undefined || method === 'HEAD') return undefined;
  const byStatus = (responses as Readonly<Record<string, Readonly<Record<string, Validator<unknown>>>>>)[operationId];
  const validate = byStatus?.[String(answered.status)];
  if (!validate) return { rule: 'a status that the contract does not list', why: `${operationId} ${answered.status}` };
  if (validate(answered.json)) return undefined;
  return { rule: 'a body that the contract does not know', why: JSON.stringify(validate.errors?.slice(0, 2)) };
};

const problem: Judge = (answered, planned) => {
  const { status, headers } = answered;
  if (status < 400 || planned.method === 'HEAD' || isReadiness(planned, status)) return undefined;
  const body = answered.json;
  if (headers['content-type'] !== 'application/problem+json' || !problemValidator(body)) {
    return { rule: 'a body that the contract does not know', why: `${status} is no problem` };
  }
  const told = contradiction(body, `/requests/${String(headers['x-request-id'])}`);
  if (told === undefined && body.status === status) return undefined;
  return { rule: 'a problem that contradicts itself', why: told ?? `${status} is not ${body.status}` };
};

function contradiction(
  { type, title, status, code, retryable, instance }: Problem,
  mayBe?: string,
): string | undefined {
  const known = problems[code];
  if (type !== `/docs/problems#${code}`) return `type ${type} of ${code}`;
  if (status !== known.status) return `status ${status} of ${code}`;
  if (title !== known.title) return `title of ${code}`;
  if (retryable !== known.retryable) return `retryable of ${code}`;
  return mayBe === undefined || instance === mayBe ? undefined : `instance ${instance}`;
}

/** Pointers name fields by what the client called them; nothing else may repeat what it sent. */
const noEcho: Judge = (answered, _planned, marker) => {
  for (const each of problemsIn(answered)) {
    const words = [each.title, each.detail, each.type, each.code, ...(each.errors ?? []).map(({ message }) => message)];
    const echo = words.find((text) => text.includes(marker));
    if (echo !== undefined) return { rule: 'an echo of the input', why: echo.slice(0, 200) };
    const told = contradiction(each);
    if (told !== undefined) return { rule: 'a problem that contradicts itself', why: told };
  }
  return undefined;
};

function problemsIn(answered: Answered): Problem[] {
  const body = answered.json;
  if (answered.status >= 400) return problemValidator(body) ? [body] : [];
  const { results } = (body ?? {}) as { results?: readonly { problem: Problem | null }[] };
  return (results ?? []).flatMap(({ problem: each }) => each ?? []);
}

const expected: Judge = ({ status, text }, planned) => {
  if (planned.expected === 'taken' && SAYS_IT_IS_WRONG.includes(status)) {
    return { rule: 'refused though right', why: text.slice(0, 300) };
  }
  return planned.expected === 'refused' && status < 400
    ? { rule: 'taken though wrong', why: String(status) }
    : undefined;
};

const etag: Judge = (answered) => {
  const { version } = (answered.json ?? {}) as { version?: unknown };
  if (answered.status >= 300 || typeof version !== 'number') return undefined;
  const sent = answered.headers['etag'];
  return sent === `"${version}"`
    ? undefined
    : { rule: 'an ETag that is not the version', why: `${String(sent)} of ${version}` };
};

const JUDGES: readonly Judge[] = [
  ...[noFault, requestId, listed, problem, noEcho, letIn, ofItsTenant, noCredential],
  ...[expected, etag],
];
