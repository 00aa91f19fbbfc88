/**
 * Draws series on a canvas: the only module that knows uPlot, loaded when there is something to draw. Colours come from the
 * tokens and are read again when the theme changes; the width follows the host. uPlot places its elements through the
 * CSSOM, which the policy of the page allows.
 */
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { timeMark } from './axis.ts';
import type { Line, Series } from './series.ts';
import { alone, DASHES, spanOf } from './series.ts';

export interface Plan {
  readonly host: HTMLElement;
  readonly series: Series;
  readonly heightPx: number;
  /** For what spans orders of magnitude; its values are above zero. */
  readonly isLogarithmic: boolean;
  readonly words: (value: number) => string;
  /** Told which moment is pointed at; null when none is. Charts of one page point together. */
  readonly pointed: (at: number | null) => void;
}

export interface Drawing {
  /** The same lines with other values. */
  update(series: Series): void;
  end(): void;
}

type Token = (name: string) => string;

/** Never less high than this, so that one task is not a mountain. */
const LEAST_TOP = 4;
const WHOLE_STEPS = Array.from({ length: 10 }, (_, power) => [1, 2, 5].map((each) => each * 10 ** power)).flat();
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum has types alone, nothing to import
const LOGARITHMIC: uPlot.Scale.Distr = 3;
const isDecade = (value: number): boolean => Number.isInteger(Math.log10(value));

export function draw(plan: Plan): Drawing {
  let { series } = plan;
  const now = (): Series => series;
  let chart = new uPlot(optionsOf(plan, now), dataOf(series), plan.host);
  const again = (): void => {
    chart.destroy();
    chart = new uPlot(optionsOf(plan, now), dataOf(series), plan.host);
  };
  const resized = new ResizeObserver(() => {
    const width = plan.host.clientWidth;
    if (width > 0 && width !== chart.width) chart.setSize({ width, height: plan.heightPx });
  });
  resized.observe(plan.host);
  const stopTheme = onThemeChange(again);
  return {
    update: (next) => {
      series = next;
      chart.setData(dataOf(next));
    },
    end: () => {
      resized.disconnect();
      stopTheme();
      chart.destroy();
    },
  };
}

const dataOf = ({ atMs, lines }: Series): uPlot.AlignedData => [
  atMs.map((at) => at / 1_000),
  ...lines.map(({ values }) => [...values]),
];

/** By the switch, or by the machine. */
function onThemeChange(changed: () => void): () => void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', changed);
  };
}

function optionsOf(plan: Plan, now: () => Series): uPlot.Options {
  const style = getComputedStyle(plan.host);
  const token: Token = (name) => style.getPropertyValue(`--${name}`).trim();
  const top = (max: number): number => uPlot.rangeNum(0, Math.max(max, LEAST_TOP), 0.1, true)[1]!;
  return {
    width: plan.host.clientWidth,
    height: plan.heightPx,
    padding: [8, 8, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 }, sync: { key: 'holdfast' } },
    scales: {
      x: { range: () => [...spanOf(now())] },
      y: plan.isLogarithmic
        ? { distr: LOGARITHMIC, range: (_, min, max) => uPlot.rangeLog(min, max, 10, true) }
        : { range: (_, __, max) => [0, top(max)] },
    },
    axes: axesOf(plan, style.fontFamily, token),
    series: [{}, ...plan.series.lines.map((line) => seriesOf(line, token))],
    hooks: {
      setCursor: [({ cursor }) => plan.pointed(cursor.idx ?? null)],
      drawClear: [(chart) => shadeLast(chart, now(), token('sunken'))],
    },
  };
}

function axesOf({ isLogarithmic, words }: Plan, family: string, token: Token): uPlot.Axis[] {
  const plain = { font: `11px ${family}`, stroke: token('soft'), ticks: { show: false } };
  const decades = (_: uPlot, marks: number[]): (number | null)[] => marks.map((mark) => (isDecade(mark) ? mark : null));
  const grid = { stroke: token('line'), width: 1, ...(isLogarithmic && { filter: decades }) };
  return [
    {
      ...plain,
      grid: { show: false },
      size: 28,
      space: 64,
      values: (...[, marks, , , apart]) => marks.map((mark) => timeMark(mark, apart)),
    },
    {
      ...plain,
      grid,
      size: 52,
      space: 28,
      ...(!isLogarithmic && { incrs: WHOLE_STEPS }),
      values: (_, marks) => marks.map((mark: number | null) => (mark === null ? '' : words(mark))),
    },
  ];
}

function seriesOf({ shape, tone }: Line, token: Token): uPlot.Series {
  const stroke = token(tone);
  if (shape === 'bars') {
    return {
      stroke,
      fill: stroke,
      width: 0,
      paths: uPlot.paths.bars!({ size: [0.5, 10, 2] }),
      points: { show: false },
    };
  }
  return {
    stroke,
    width: shape === 'dotted' ? 2 : 1.75,
    dash: [...DASHES[shape]],
    ...(shape === 'area' && { fill: `${stroke}24` }),
    points: { show: false, size: 5, fill: stroke, filter: (chart, at) => alone(chart.data[at] as Line['values']) },
  };
}

/** The last step is not over: what it shows will grow. */
function shadeLast(chart: uPlot, { atMs, stepMs }: Series, colour: string): void {
  const last = atMs.at(-1);
  if (last === undefined) return;
  const { left, top, width, height } = chart.bbox;
  const from = Math.max(left, chart.valToPos((last - stepMs / 2) / 1_000, 'x', true));
  chart.ctx.fillStyle = colour;
  chart.ctx.fillRect(from, top, left + width - from, height);
}
