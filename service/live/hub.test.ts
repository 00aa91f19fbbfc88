import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../core/rules.ts';
import type { GivenViewer } from '../testing/given-hub.ts';
import { GivenHub } from '../testing/given-hub.ts';
import { FRAME_BYTES } from './frames.ts';

const TAGS = Array.from({ length: 10 }, (_, n) => `${'x'.repeat(60)}${n}`);

describe('the hub', () => {
  it('tells of a change at once when it was quiet, and then once per window with the newest of each task', async () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks']);
    given.change('one');
    await given.pass(0);
    expect(viewer.tasks).toMatchObject([{ taskId: 'one', version: 1 }]);
    for (let i = 0; i < 20; i += 1) {
      given.change('one');
      given.change('two');
      await given.pass(10);
    }
    await given.pass(100);
    expect(viewer.tasks.at(-1)).toMatchObject({ taskId: 'two', version: 20 });
    expect(viewer.frameMessages).toHaveLength(3);
    const gaps = viewer.arrivedAtMs.slice(1).map((atMs, i) => atMs - viewer.arrivedAtMs[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  });

  it('sends a task once to a viewer that several topics lead to', async () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks', 'type:simulate', 'task:one']);
    given.change('one');
    await given.pass(100);
    expect(viewer.tasks).toMatchObject([{ taskId: 'one', version: 1 }]);
  });

  it('sends each viewer what it follows, and no more', async () => {
    const given = new GivenHub();
    const [ofType, ofTask, ofNothing] = [given.join(['type:other']), given.join(['task:two']), given.join(['groups'])];
    given.change('one', { type: 'other' });
    given.change('two');
    given.change('three');
    await given.pass(1_000);
    expect(ofType.tasks.map(({ taskId }) => taskId)).toEqual(['one']);
    expect(ofTask.tasks.map(({ taskId }) => taskId)).toEqual(['two']);
    expect(ofNothing.messages).toEqual([]);
  });

  it('shows nothing of one tenant to another, whatever it follows [S14]', async () => {
    const given = new GivenHub();
    const everything = ['tasks', 'type:simulate', 'task:one', 'stats', 'groups'];
    const [alpha, beta] = [given.join(everything), given.join(everything, 'beta')];
    given.change('one', { tenant: 'alpha' });
    await given.pass(2_000);
    expect(alpha.tasks).toHaveLength(1);
    expect(beta.messages).toEqual([]);
    given.change('one', { tenant: 'beta', tags: ['of-beta'] });
    await given.pass(2_000);
    expect(alpha.tasks).toHaveLength(1);
    expect(beta.tasks).toMatchObject([{ tags: ['of-beta'] }]);
  });

  it('makes one frame for all viewers of the same topics', async () => {
    const given = new GivenHub();
    const viewers = Array.from({ length: 20 }, () => given.join(['stats', 'tasks']));
    const other = given.join(['tasks', 'stats']);
    given.changeMany(5);
    await given.pass(100);
    for (const viewer of [...viewers, other]) expect(viewer.frames[0]).toBe(viewers[0]!.frames[0]);
  });

  it('keeps a frame within its bytes, and sends the rest in the next windows', async () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks']);
    given.changeMany(500, 'wide', { progress: { percent: 1, message: 'ü'.repeat(200) }, tags: TAGS });
    await given.pass(2_000);
    expect(viewer.closedWith).toBeUndefined();
    expect(viewer.frames.length).toBeGreaterThan(4);
    expect(Math.max(...viewer.frames.map(({ length }) => length))).toBeLessThanOrEqual(FRAME_BYTES);
    expect(new Set(viewer.tasks.map(({ taskId }) => taskId)).size).toBe(500);
  });

  it('asks for a resync when more has changed than frames may carry, and not at every window', async () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks', 'type:simulate']);
    for (let i = 0; i < 40; i += 1) {
      given.changeMany(2_001, `flood-${i}`);
      await given.pass(100);
    }
    expect(viewer.resyncs.length).toBeGreaterThan(1);
    expect(viewer.resyncs.length).toBeLessThanOrEqual(3);
    expect(viewer.resyncs[0]).toBe('overload: tasks type:simulate');
    await given.pass(3_000);
    given.change('calm');
    await given.pass(100);
    expect(viewer.tasks.at(-1)).toMatchObject({ taskId: 'calm' });
  });

  it('tells those who follow statistics that they changed, at most once a second', async () => {
    const given = new GivenHub();
    const viewer = given.join(['stats']);
    for (let i = 0; i < 30; i += 1) {
      given.change('one');
      await given.pass(100);
    }
    expect(viewer.resyncs.length).toBeGreaterThanOrEqual(3);
    expect(viewer.resyncs.length).toBeLessThanOrEqual(4);
    await given.pass(5_000);
    expect(viewer.resyncs.length).toBeLessThanOrEqual(5);
    expect(new Set(viewer.resyncs)).toEqual(new Set(['changed: stats']));
  });

  it('takes what was not sent yet along to the new topics', async () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks']);
    given.change('first');
    await given.pass(0);
    given.change('one');
    given.follow(viewer, ['tasks', 'stats']);
    given.change('two');
    given.follow(viewer, ['task:two', 'tasks']);
    await given.pass(100);
    expect(viewer.tasks.map(({ taskId }) => taskId)).toEqual(['first', 'one', 'two']);
  });

  it('asks for a resync when there is too much to take along', () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks', 'stats']);
    given.changeMany(300);
    given.follow(viewer, ['tasks']);
    expect(viewer.resyncs).toEqual(['overload: tasks']);
  });

  it('ends those whose frame cannot be made with 1011, and nobody else', async () => {
    const fault = new RangeError('a fault of ours');
    const policyOf = (type: string) => {
      if (type === 'faulty') throw fault;
      return DEFAULT_POLICY;
    };
    const given = new GivenHub(policyOf);
    const [hit, other] = [given.join(['type:faulty']), given.join(['type:simulate'])];
    given.change('one', { type: 'faulty' });
    given.change('two');
    await given.pass(100);
    expect(hit.closedWith).toBe(1011);
    expect({ closedWith: other.closedWith, tasks: other.tasks.length }).toEqual({ closedWith: undefined, tasks: 1 });
    expect(given.faults).toMatchObject([{ event: 'live-failed', fields: { error: 'RangeError' } }]);
  });

  it('does nothing and plans nothing without viewers', async () => {
    const given = new GivenHub();
    const viewer = given.join(['tasks', 'stats']);
    given.hub.leave(viewer.viewer!);
    given.hub.leave(viewer.viewer!);
    given.changeMany(3_000);
    await given.pass(5_000);
    expect(viewer.messages).toEqual([]);
    expect(given.hub.viewers).toBe(0);
  });
});

describe('a viewer that does not read', () => {
  /** More than 1 MiB in its buffer. */
  async function givenSlowViewer(): Promise<{ given: GivenHub; slow: GivenViewer; other: GivenViewer }> {
    const given = new GivenHub();
    const [slow, other] = [given.join(['tasks']), given.join(['tasks'])];
    slow.isReading = false;
    for (let i = 0; i < 20; i += 1) {
      given.changeMany(200, `flood-${i}`, { tags: TAGS });
      await given.pass(200);
    }
    return { given, slow, other };
  }

  it('holds a bounded buffer, and keeps nobody else from anything', async () => {
    const { slow, other } = await givenSlowViewer();
    expect(slow.bufferedBytes).toBeGreaterThan(1024 * 1024);
    expect(slow.bufferedBytes).toBeLessThanOrEqual(1024 * 1024 + FRAME_BYTES);
    expect(new Set(other.tasks.map(({ taskId }) => taskId)).size).toBe(4_000);
    expect(slow.isListenedTo).toBe(false);
  });

  it('makes no window of anybody else shorter by falling behind', async () => {
    const given = new GivenHub();
    const [slow, other] = [given.join(['tasks']), given.join(['tasks'])];
    slow.isReading = false;
    given.changeMany(1_900, 'wide', { tags: TAGS });
    await given.pass(3_000);
    expect(slow.isListenedTo).toBe(false);
    const gaps = other.arrivedAtMs.slice(1).map((atMs, i) => atMs - other.arrivedAtMs[i]!);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(100);
  });

  it('is told to read again when it reads, and gets frames again', async () => {
    const { given, slow } = await givenSlowViewer();
    slow.read();
    await given.pass(200);
    expect(slow.resyncs).toEqual(['slow-reader: tasks']);
    expect(slow.isListenedTo).toBe(true);
    given.change('after');
    await given.pass(200);
    expect(slow.tasks.at(-1)).toMatchObject({ taskId: 'after' });
  });

  it('is closed with 1008 when it goes on like that, the resync in front', async () => {
    const { given, slow, other } = await givenSlowViewer();
    await given.pass(10_000);
    expect(slow.closedWith).toBe(1008);
    slow.read();
    expect(slow.messages.at(-1)).toEqual({ kind: 'resync', reason: 'slow-reader', topics: ['tasks'] });
    expect(other.closedWith).toBeUndefined();
  });
});
