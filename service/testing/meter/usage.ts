/**
 * What was used, in the quantities that AWS bills, and how hot each key of the table became in any one second of the clock.
 */
import type { Clock } from '../../core/ports.ts';

export const QUANTITIES = [
  'ownWriteUnits',
  'sharedWriteUnits',
  'readUnits',
  'storedByteSeconds',
  'sqsRequests',
  'fairRequests',
  'invocations',
  'gbSeconds',
  'httpRequests',
  'webSocketMessages',
  'connectionMinutes',
  'logBytes',
  'egressBytes',
] as const;

export type Quantity = (typeof QUANTITIES)[number];
export type Usage = Readonly<Record<Quantity, number>>;

interface Heat {
  second: number;
  writes: number;
  reads: number;
  mostWrites: number;
  mostReads: number;
}

/** Units of one key of the table or of an index in its hottest second. */
export interface HotKey {
  readonly key: string;
  readonly writes: number;
  readonly reads: number;
}

/** A command of the SDK as it is named, without `Command`. */
export interface Call {
  readonly caller: string;
  readonly resource: string;
  readonly command: string;
}

/** Units of one command: of the table, and of each index. */
export type Charges = ReadonlyMap<string | undefined, number>;

export class UsageBook {
  private charges = new Map<string | undefined, number>();
  private counts = new Map<Quantity, number>();
  private heat = new Map<string, Heat>();
  private readonly clock: Pick<Clock, 'nowMs'>;
  /** How often who asked what of what: `work Table UpdateItem`. */
  readonly calls = new Map<string, number>();

  constructor(clock: Pick<Clock, 'nowMs'>) {
    this.clock = clock;
  }

  add(quantity: Quantity, amount: number): void {
    this.counts.set(quantity, (this.counts.get(quantity) ?? 0) + amount);
  }

  call({ caller, resource, command }: Call): void {
    const name = `${caller} ${resource} ${command}`;
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
  }

  /** What is charged for the units of one key of the table, or of an index. */
  charge(
    { index, partition }: { index?: string | undefined; partition: string },
    kind: 'writes' | 'reads',
    units: number,
  ): void {
    this.charges.set(index, (this.charges.get(index) ?? 0) + units);
    this.warm(index === undefined ? partition : `${index} ${partition}`, kind, units);
  }

  /** Since it was asked last. */
  takeCharges(): Charges {
    const taken = this.charges;
    this.charges = new Map();
    return taken;
  }

  private warm(key: string, kind: 'writes' | 'reads', units: number): void {
    const second = Math.floor(this.clock.nowMs() / 1000);
    const heat = this.heat.get(key) ?? { second, writes: 0, reads: 0, mostWrites: 0, mostReads: 0 };
    if (heat.second !== second) Object.assign(heat, { second, writes: 0, reads: 0 });
    heat[kind] += units;
    heat.mostWrites = Math.max(heat.mostWrites, heat.writes);
    heat.mostReads = Math.max(heat.mostReads, heat.reads);
    this.heat.set(key, heat);
  }

  get usage(): Usage {
    return Object.fromEntries(QUANTITIES.map((name) => [name, this.counts.get(name) ?? 0])) as Record<Quantity, number>;
  }

  hottest(count: number): HotKey[] {
    return [...this.heat]
      .map(([key, { mostWrites, mostReads }]) => ({ key, writes: mostWrites, reads: mostReads }))
      .sort((a, b) => Math.max(b.writes / 1000, b.reads / 3000) - Math.max(a.writes / 1000, a.reads / 3000))
      .slice(0, count);
  }

  /** From now on; what the table holds is not forgotten. */
  reset(): void {
    this.counts = new Map();
    this.heat = new Map();
    this.calls.clear();
  }
}

export const perTask = (usage: Usage, tasks: number): Usage =>
  Object.fromEntries(Object.entries(usage).map(([name, amount]) => [name, amount / tasks])) as Record<Quantity, number>;
