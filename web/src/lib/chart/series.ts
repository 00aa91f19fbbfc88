/** What a chart shows, before it is drawn: lines over the same moments. A line is told from its neighbours by its shape too. */
import type { Tone } from '#lib/tasks/status.ts';

export type Shape = 'area' | 'line' | 'dashed' | 'dotted' | 'bars';

export interface Line {
  readonly name: string;
  readonly shape: Shape;
  readonly tone: Exclude<Tone, 'grey'>;
  /** One for each moment; null where there was nothing to measure. */
  readonly values: readonly (number | null)[];
  /** Of all moments together; shown while none is pointed at. */
  readonly overall: string;
}

export interface Series {
  /** Where each step begins, epoch milliseconds, oldest first; the last step is not over. */
  readonly atMs: readonly number[];
  readonly stepMs: number;
  readonly lines: readonly Line[];
}

/** Strokes and gaps in CSS pixels, the same in the chart and in its legend. */
export const DASHES: Readonly<Record<Shape, readonly number[]>> = {
  area: [],
  line: [],
  bars: [],
  dashed: [7, 4],
  dotted: [2, 3],
};

/** Whether any moment of any line has something to show; zeros alone are nothing. */
export const isBlank = ({ lines }: Series): boolean => lines.every(({ values }) => values.every((value) => !value));

/** Values with nothing on either side: no line leads to them, so they need a mark of their own. */
export function alone(values: readonly (number | null)[]): number[] {
  return values.flatMap((value, at) =>
    value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null ? [at] : [],
  );
}

/** From half a step before the first moment to half a step after the last, so that bars stand inside. Epoch seconds. */
export function spanOf({ atMs, stepMs }: Series): readonly [number, number] {
  const first = atMs[0] ?? 0;
  const last = atMs.at(-1) ?? first;
  return [(first - stepMs / 2) / 1_000, (last + stepMs / 2) / 1_000];
}
