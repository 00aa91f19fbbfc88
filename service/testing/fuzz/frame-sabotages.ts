/**
 * One-line sabotages of the live channel, each of which the frames must notice: a fuzzer that nobody has seen fail proves
 * little. A line that is no longer there fails the suite.
 */
import type { Sabotage } from '../sabotage/core-sabotages.ts';

/** `caughtBy`: words of the finding. Whoever waits in vain is closed with 1001: the clock of a run is fast. */
export const FRAME_SABOTAGES: readonly Sabotage[] = [
  {
    name: 'an unknown action is a fault',
    file: 'live/conversation.ts',
    line: String.raw`    if (judge === undefined) return refused(replyTo, 'unknown-action', 'The actions are in the contract.');`,
    becomes: '    if (judge === undefined) throw new Error();',
    caughtBy: ['internal'],
  },
  {
    name: 'more topics than a connection may have',
    file: 'live/conversation.ts',
    line: '  if (all.size > MOST_TOPICS) return tooManyTopics(id);',
    becomes: '',
    caughtBy: ['too-many-topics'],
  },
  {
    name: 'a task of nobody can be followed',
    file: 'live/conversation.ts',
    line: '  if (!hasAll)',
    becomes: '  if (!hasAll && taskIds.length === 0)',
    caughtBy: ['not-found'],
  },
  {
    name: 'leaving one topic leaves all',
    file: 'live/conversation.ts',
    line: '  for (const topic of topics) all.delete(topic);',
    becomes: '  all.clear();',
    caughtBy: ['instead of'],
  },
  {
    name: 'tasks of another tenant exist',
    file: 'live/conversation.ts',
    line: '    const items = await ledger.get(taskIds.map((taskId) => ({ tenant, taskId })));',
    becomes: String.raw`    const items = await ledger.get(taskIds.map((taskId) => ({ tenant: tenant === 'beta' ? 'alpha' : 'beta', taskId })));`,
    caughtBy: ['instead of'],
  },
  {
    name: 'pings are not answered',
    file: 'live/connection.ts',
    line: '    if (!hub.isBehind(this.#viewer)) socket.pong(bytes);',
    becomes: '',
    caughtBy: ['answers: closed with 1001'],
  },
  {
    name: 'answers overtake each other',
    file: 'live/connection.ts',
    line: '    this.#lastTurn = this.#lastTurn.then(() => this.#take(bytes)).catch((error: unknown) => this.#fail(error));',
    becomes: '    this.#lastTurn = this.#take(bytes).catch((error: unknown) => this.#fail(error));',
    caughtBy: ['instead of'],
  },
  {
    name: 'binary frames are read',
    file: 'live/connection.ts',
    line: '    if (isBinary) {',
    becomes: '    if (isBinary && bytes.length === 0) {',
    caughtBy: ['[a binary frame]'],
  },
  {
    name: 'no limit of messages',
    file: 'live/connection.ts',
    line: '    if (this.#messages <= MESSAGES_PER_SECOND) {',
    becomes: '    if (this.#messages < Infinity) {',
    caughtBy: ['not 1008'],
  },
  {
    name: 'large frames are taken',
    file: 'live/connection.ts',
    line: 'export const CLIENT_FRAME_BYTES = 32_768;',
    becomes: 'export const CLIENT_FRAME_BYTES = 65_536;',
    caughtBy: ['[too large a message]'],
  },
  {
    name: 'changes are lost',
    file: 'live/hub.ts',
    line: '          audience.add(changed);',
    becomes: '',
    caughtBy: ['closed with 1001'],
  },
  {
    name: 'a viewer hears of everything',
    file: 'live/hub.ts',
    line: '    if (topics.size > 0) this.#enter(viewer, topics);',
    becomes: String.raw`    this.#enter(viewer, new Set([...topics, 'tasks']));`,
    caughtBy: ['does not follow'],
  },
  {
    name: 'a tenant hears of another',
    file: 'live/hub.ts',
    line: '      const tenancy = this.#tenancies.get(task.tenant);',
    becomes: '      const tenancy = [...this.#tenancies.values()][0];',
    caughtBy: ['was told of a task'],
  },
  {
    name: 'the older version is kept',
    file: 'live/audience.ts',
    line: '    if (waiting !== undefined && waiting.task.version >= version) return;',
    becomes: '    if (waiting !== undefined) return;',
    caughtBy: ['closed with 1001'],
  },
  {
    name: 'frames that are no JSON',
    file: 'live/frames.ts',
    line: String.raw`const TAIL = ']}';`,
    becomes: String.raw`const TAIL = ']';`,
    caughtBy: ['JSON'],
  },
  {
    name: 'types have no topic',
    file: 'live/topics.ts',
    line: '  `type:${type}`,',
    becomes: '',
    caughtBy: ['closed with 1001'],
  },
  {
    name: 'strangers get in',
    file: 'live/handshake.ts',
    line: '  refuseStrangers(call, guests);',
    becomes: '',
    caughtBy: ['was answered with'],
  },
  {
    name: 'a welcome that the contract does not know',
    file: 'live/connection.ts',
    line: String.raw`    const fixed = { protocol: 'holdfast.v1', pingEverySeconds: PING_EVERY_SECONDS, closesAt: null } as const;`,
    becomes: String.raw`    const fixed = { protocol: 'holdfast.v1', pingEverySeconds: 0, closesAt: null } as const;`,
    caughtBy: ['Not of the contract'],
  },
];
