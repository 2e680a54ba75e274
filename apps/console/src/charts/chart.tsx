import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import uPlot from 'uplot';

export interface Series {
  name: string;
  /** Null where there is nothing to say of a step. */
  values: (number | null)[];
  /** Of which text its colour is. */
  colour: 'accent' | 'bad' | 'ink' | 'soft';
  isDashed?: boolean;
  format: (value: number) => string;
}

interface ChartProps {
  /** What it shows, for who does not see it. */
  label: string;
  /** When each step begins, in epoch milliseconds. */
  times: number[];
  stepMs: number;
  series: Series[];
  kind: 'bars' | 'line';
  height?: number;
}

const dark = window.matchMedia('(prefers-color-scheme: dark)');
/** The theme, so that what is painted in its colours is painted again. */
function subscribe(hear: () => void): () => void {
  const observer = new MutationObserver(hear);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  dark.addEventListener('change', hear);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', hear);
  };
}
const theme = () => document.documentElement.dataset['theme'] ?? (dark.matches ? 'dark' : 'light');

const DAY_MS = 86_400_000;
const INCREMENTS_S = [
  300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000,
];
const day = { day: 'numeric', month: 'short' } as const;
const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const utcDay = new Intl.DateTimeFormat('en', { ...day, timeZone: 'UTC' });
const localDay = new Intl.DateTimeFormat('en', day);
const localClock = new Intl.DateTimeFormat('en', clock);
const localMoment = new Intl.DateTimeFormat('en', { ...day, ...clock });

/** What a step is called: whole days are counted by UTC, all below in the reader's zone. */
const nameOf = (time: number, stepMs: number) => (stepMs >= DAY_MS ? utcDay : localMoment).format(time);

function axisName(seconds: number, stepMs: number): string {
  const time = seconds * 1000;
  if (stepMs >= DAY_MS) return utcDay.format(time);
  const hours = localClock.format(time);
  return hours === '00:00' ? localDay.format(time) : hours;
}

const MOST_POINTS = 40;
/** Which values get a point: all of a few, and of many those that no line would show. */
function pointsOf(values: Series['values']): number[] {
  const isThere = (at: number) => values[at] !== null && values[at] !== undefined;
  return [...values.keys()].filter(
    (at) => isThere(at) && (values.length <= MOST_POINTS || (!isThere(at - 1) && !isThere(at + 1))),
  );
}

/** Values by time: painted, and the same as a table for who does not see it. */
export function Chart({ label, times, stepMs, series, kind, height = 180 }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const now = useSyncExternalStore(subscribe, theme);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const colourOf = (name: string) => {
      const probe = element.appendChild(document.createElement('span'));
      probe.style.color = `var(--${name})`;
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    };
    const axis = { stroke: colourOf('soft'), font: '11px system-ui', ticks: { show: false } };
    const bars = uPlot.paths.bars?.({ size: [0.7, 28], radius: 0.2 });
    const half = stepMs / 2_000;
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [12, 20, 0, 0],
        legend: { show: false },
        cursor: { points: { show: kind === 'line' }, drag: { x: false, y: false }, y: false },
        ...(stepMs >= DAY_MS && {
          tzDate: (seconds: number) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        }),
        scales: {
          x: { range: (_plot, min, max) => [min - half, max + half] },
          y: { range: (_plot, _min, max) => [0, Math.max(max ?? 0, 1) * 1.1] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_plot, splits) => splits.map((at) => axisName(at, stepMs)),
            incrs: INCREMENTS_S.filter((seconds) => seconds * 1000 >= stepMs),
            space: 64,
            size: 28,
          },
          {
            ...axis,
            grid: { stroke: colourOf('line'), width: 1 },
            values: (_plot, splits) =>
              splits.map((at) =>
                at === 0 || (kind === 'bars' && at % 1) ? '' : (series[0]?.format(at) ?? ''),
              ),
            size: 56,
          },
        ],
        series: [
          {},
          ...series.map(({ name, values, colour, isDashed }) => ({
            label: name,
            stroke: colourOf(colour),
            width: kind === 'line' ? 1.5 : 0,
            points: {
              show: kind === 'line',
              size: 4,
              fill: colourOf(colour),
              filter: () => pointsOf(values),
            },
            ...(isDashed && { dash: [4, 4] }),
            ...(kind === 'bars' && bars && { fill: colourOf(colour), paths: bars }),
          })),
        ],
        hooks: { setCursor: [(plot) => tell(plot, series, times, stepMs)] },
      },
      [times.map((time) => time / 1000), ...series.map(({ values }) => values)],
      element,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [times, stepMs, series, kind, height, now]);
  return (
    <figure aria-label={label} className="relative">
      <div aria-hidden="true" className="mb-1 flex flex-wrap gap-x-4 text-xs text-soft">
        {series.map(({ name, colour, isDashed }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <span
              className={kind === 'bars' ? 'size-2 rounded-xs' : 'w-3 border-t-2'}
              style={{
                [kind === 'bars' ? 'background' : 'borderColor']: `var(--${colour})`,
                ...(isDashed && { borderStyle: 'dashed' }),
              }}
            />
            {name}
          </span>
        ))}
      </div>
      <div ref={box} aria-hidden="true" style={{ height }} className="overflow-hidden" />
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {times.map((time, at) => (
            <tr key={time}>
              <th scope="row">{nameOf(time, stepMs)}</th>
              {series.map(({ name, values, format }) => (
                <td key={name}>{told(values[at], format)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

const told = (value: number | null | undefined, format: Series['format']) =>
  value === null || value === undefined ? '–' : format(value);

/** What stands under the pointer, in the chart's corner. */
function tell(plot: uPlot, series: Series[], times: number[], stepMs: number): void {
  let note = plot.over.querySelector<HTMLElement>('[data-note]');
  if (!note) {
    note = plot.over.appendChild(document.createElement('div'));
    note.dataset['note'] = '';
    note.className =
      'pointer-events-none absolute top-0 right-0 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-float';
  }
  const at = plot.cursor.idx;
  const time = at === null || at === undefined ? undefined : times[at];
  note.hidden = time === undefined;
  if (time === undefined) return;
  const parts = series.map(({ name, values, format }) => `${name} ${told(values[at ?? 0], format)}`);
  note.textContent = `${nameOf(time, stepMs)}: ${parts.join(', ')}`;
}
