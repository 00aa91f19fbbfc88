/** The plan of a run: which requests are sent, in which order, from one seed alone. No answer changes it. */
import { taskTypes } from '@holdfast/api/task-types';
import { Seeded } from '../seeded.ts';
import type { Caller } from './callers.ts';
import { callerFrom, tenantMark } from './callers.ts';
import type { Contract, Operation, Parameter, Schema } from './contract.ts';
import { TOKENS } from './memory.ts';
import { MUTATIONS } from './mutations.ts';
import { TARGET_MUTATIONS } from './mutations-of-targets.ts';
import type { Draft, Planned } from './planned.ts';
import { plannedOf } from './planned.ts';
import { Values } from './values.ts';

const MUTATED = 0.45;
const KEPT_IDS = 60;
/** A lost commit of another client's makes a second try of the same request worth seeing. */
const REPEATED = 0.08;
/** So that the failure inbox is never empty. */
const DYING = 0.4;
/** Reserved for documents and refused before anything is asked: no test reaches out. */
const NOWHERE = 'http://192.0.2.1/';
const DIES_AT_ONCE = { failureRate: 1, failureClass: 'VALIDATION', durationMs: 0 };
/** What takes parameters or a body can go wrong in more ways. */
const WEIGHT = 4;
const ALL_MUTATIONS = [...MUTATIONS, ...TARGET_MUTATIONS];

export interface PlanOptions {
  readonly contract: Contract;
  readonly seed: number;
  /** What times in requests are near to. */
  readonly nowMs: number;
  /** Who asks; nobody says who he is when there are none. */
  readonly callers?: readonly Caller[];
}

type Body = Record<string, unknown>;

export class Plan {
  readonly marker: string;
  readonly #random: Seeded;
  readonly #values: Values;
  readonly #seed: number;
  readonly #operations: readonly Operation[];
  readonly #nowMs: number;
  readonly #callers: readonly Caller[];
  #caller: Caller | undefined;
  /** Of all tenants. */
  readonly #ids: string[] = [];
  #made = 0;
  #last: Planned | undefined;

  constructor({ contract, seed, nowMs, callers = [] }: PlanOptions) {
    this.#nowMs = nowMs;
    this.#callers = callers;
    this.#operations = contract.operations.flatMap((each) =>
      Array.from({ length: each.parameters.length > 0 || each.body ? WEIGHT : 1 }, () => each),
    );
    this.#seed = seed;
    this.#random = new Seeded(seed);
    this.marker = `zq${seed.toString(36)}canary`;
    this.#values = new Values(contract, {
      random: this.#random,
      // No id may hold a ~: what has a right to be in answers and logs does not carry the marker.
      marker: `~${this.marker}`,
      nowMs,
    });
  }

  next(): Planned {
    const index = (this.#made += 1);
    if (this.#last && this.#random.chance(REPEATED)) return { ...this.#last, index };
    this.#ask();
    const draft = this.#draft(this.#random.pick(this.#operations));
    const making = { random: this.#random, values: this.#values };
    const fitting = this.#random.chance(MUTATED) ? ALL_MUTATIONS.filter(({ fits }) => fits?.(draft) ?? true) : [];
    const mutation = fitting.length > 0 ? this.#random.pick(fitting) : undefined;
    if (mutation && draft.path === TOKENS.nextPage) draft.path = '/tasks';
    mutation?.mutate(draft, making);
    const made = plannedOf(draft, { index, mutation: mutation?.name ?? 'none' });
    const planned = this.#caller ? { ...made, caller: this.#caller } : made;
    if (mutation === undefined) this.#last = planned;
    return planned;
  }

  /** What he writes carries the mark of his tenant. */
  #ask(): void {
    if (this.#callers.length === 0) return;
    this.#caller = callerFrom(this.#callers, this.#random);
    this.#values.marker = `~${this.marker}${tenantMark(this.#caller.tenant)}`;
  }

  /** A request that keeps the contract. */
  #draft(operation: Operation): Draft {
    const { operationId, method, parameters } = operation;
    const draft: Draft = {
      ...{ operationId, method, expected: 'taken', query: [], headers: {} },
      path: operation.path,
      body: this.#body(operation),
    };
    for (const parameter of parameters) this.#put(draft, parameter);
    if (draft.body !== undefined) draft.headers['Content-Type'] = 'application/json';
    // One name for a task, not two.
    if ('Idempotency-Key' in draft.headers) draft.body = { ...(draft.body as Body), taskId: undefined };
    // The task may be of another type than its new payload.
    if (operationId === 'redriveTask' && (draft.body as Body | undefined)?.['payload']) draft.expected = 'either';
    if (operationId === 'listTasks') this.#list(draft);
    if ('wait' in Object.fromEntries(draft.query)) draft.leaveAfterMs = 200;
    return draft;
  }

  #put(draft: Draft, { name, in: place, schema, required }: Parameter): void {
    if (place === 'path') draft.path = draft.path.replace(`{${name}}`, this.#pathValue(name, schema));
    else if (!required && !this.#random.chance(0.25)) return;
    else if (place === 'query') draft.query.push([name, String(this.#values.valid(schema))]);
    else if (name === 'If-Match') draft.headers[name] = this.#random.pick([TOKENS.etag, '*', '"1"', '"2"']);
    else draft.headers[name] = String(this.#values.valid(schema)).trim() || 'key';
  }

  #pathValue(name: string, schema: Schema): string {
    if (name === 'keyId') return this.#random.chance(0.1) ? String(this.#values.valid(schema)) : TOKENS.keyId;
    if (name === 'fence') return this.#random.pick([TOKENS.fence, TOKENS.fence, '1', '7']);
    if (name !== 'taskId' || this.#random.chance(0.05)) return String(this.#values.valid(schema));
    return this.#random.chance(0.1) || this.#ids.length === 0 ? TOKENS.serverId : this.#random.pick(this.#ids);
  }

  /** A page that follows another; a cursor of one list is wrong in any other. */
  #list(draft: Draft): void {
    const query = Object.fromEntries(draft.query);
    if (query['since'] !== undefined && query['until'] !== undefined) draft.expected = 'either';
    if (query['cursor'] !== undefined) {
      draft.query = [...draft.query.filter(([name]) => name !== 'cursor'), ['cursor', TOKENS.cursor]];
      draft.expected = 'either';
    } else if (this.#random.chance(0.3)) {
      draft.path = TOKENS.nextPage;
      draft.query = [];
    }
  }

  #body({ operationId, body }: Operation): unknown {
    if (body === undefined || (!body.required && this.#random.chance(0.3))) return undefined;
    const made = this.#values.valid(body.schema) as Body;
    if (Array.isArray(made['tasks'])) made['tasks'] = made['tasks'].map((task) => this.#task(task as Body));
    if (operationId === 'submitTask') return this.#task(made);
    if ('expiresAt' in made) made['expiresAt'] = new Date(this.#nowMs + 3_600_000).toISOString();
    if ('payload' in made) made['payload'] = this.#payload('simulate');
    return made;
  }

  /** Of an installed type, under an id that comes again or that the server makes. */
  #task(task: Body): Body {
    const type = this.#random.pick(Object.keys(taskTypes)) as keyof typeof taskTypes;
    if ('type' in task) task['type'] = type;
    const known = this.#random.chance(0.2) ? this.#random.pick(this.#ownIds()) : undefined;
    if (this.#random.chance(0.2)) Reflect.deleteProperty(task, 'taskId');
    else task['taskId'] = known ?? this.#newId();
    if (this.#random.chance(0.7)) for (const name of ['runAt', 'delaySeconds']) Reflect.deleteProperty(task, name);
    return { ...task, payload: this.#payload('type' in task ? type : 'simulate') };
  }

  #payload(type: keyof typeof taskTypes): unknown {
    const payload = this.#values.valid(taskTypes[type].payload) as Body;
    if (type === 'http-request') return { ...payload, url: NOWHERE };
    return type === 'simulate' && this.#random.chance(DYING) ? { ...payload, ...DIES_AT_ONCE } : payload;
  }

  /** Those that only his tenant uses, and those that every tenant may have. */
  #ownIds(): readonly string[] {
    const caller = this.#caller;
    if (caller === undefined) return this.#ids;
    return this.#ids.filter((id) => !id.includes('-of-') || id.includes(tenantMark(caller.tenant)));
  }

  #newId(): string {
    const mark = this.#caller && this.#random.chance(0.7) ? tenantMark(this.#caller.tenant) : '-';
    const id = `f${this.#seed.toString(36)}${mark}${this.#made}-${this.#random.between(0, 99)}`;
    this.#ids.push(id);
    if (this.#ids.length > KEPT_IDS) this.#ids.shift();
    return id;
  }
}
