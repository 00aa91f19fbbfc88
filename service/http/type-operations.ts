/** listTypes: the catalogue, with what the engine knows of each handler. */
import type { Operations } from '@holdfast/api/operation';
import type { FaultyType } from '@holdfast/api/task-type';
import type { TypeInfo } from '@holdfast/api/types';
import type { Policy, Rules } from '../core/rules.ts';
import { SECOND } from '../core/rules.ts';
import type { UsableType } from './catalogue.ts';
import { problemOfType } from './catalogue.ts';
import type { Asked, House } from './house.ts';

type Described = Pick<
  TypeInfo,
  'type' | 'title' | 'description' | 'version' | 'payloadSchema' | 'resultSchema' | 'examples'
>;

export function typeOperations(house: House): Pick<Operations<Asked>, 'listTypes'> {
  return {
    listTypes: () => ({
      status: 200,
      body: { items: [...house.catalogue.values()].map((each) => typeInfo(each, house)) },
    }),
  };
}

function typeInfo(each: UsableType | FaultyType, { loaded, desk }: House): TypeInfo {
  const found = loaded(each.type);
  const problem = problemOfType(each, found);
  return {
    ...described(each),
    policy: found && 'policy' in found ? policyView(found.policy, desk.rules) : null,
    state: problem === undefined ? 'available' : 'unavailable',
    problem: problem ?? null,
  };
}

function described(each: UsableType | FaultyType): Described {
  const { type } = each;
  if ('problem' in each) {
    return { type, title: type, description: '', version: null, payloadSchema: null, resultSchema: null, examples: [] };
  }
  const { title, description, payloadVersion: version, payload, result, examples } = each;
  return {
    type,
    title,
    description,
    version,
    payloadSchema: { ...payload },
    resultSchema: { ...result },
    examples: examples.map((example) => example as Described['examples'][number]), // judged when they were generated
  };
}

function policyView({ maxAttempts, timeoutMs, backoff, maxAgeMs }: Policy, { constants }: Rules): TypeInfo['policy'] {
  return {
    maxAttempts,
    timeoutSeconds: timeoutMs / SECOND,
    backoff: {
      floorSeconds: backoff.floorMs / SECOND,
      baseSeconds: backoff.baseMs / SECOND,
      capSeconds: backoff.capMs / SECOND,
    },
    maxAgeSeconds: (maxAgeMs ?? constants.maxAgeMs) / SECOND,
  };
}
