import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import uPlot from 'uplot';

export interface Series {
  name: string;
  /** Null where there is nothing to say of a day. */
  values: (number | null)[];
  /** Of which text its colour is. */
  colour: 'accent' | 'bad' | 'soft';
  format: (value: number) => string;
}

interface ChartProps {
  /** What it shows, for who does not see it. */
  label: string;
  /** Days, in epoch milliseconds of their beginning in UTC. */
  days: number[];
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

const dayName = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', timeZone: 'UTC' });

/** Values by day: painted, and the same as a table for who does not see it. */
export function Chart({ label, days, series, kind, height = 180 }: ChartProps) {
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
    const bars = uPlot.paths.bars?.({ size: [0.6, 28], radius: 0.2 });
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [12, 8, 0, 0],
        legend: { show: false },
        cursor: { points: { show: kind === 'line' }, drag: { x: false, y: false }, y: false },
        tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
        scales: {
          x: { range: (_plot, min, max) => [min - 43_200, max + 43_200] },
          y: { range: (_plot, _min, max) => [0, Math.max(max ?? 0, 1) * 1.1] },
        },
        axes: [
          {
            ...axis,
            grid: { show: false },
            values: (_plot, splits) => splits.map((at) => dayName.format(at * 1000)),
            incrs: [86_400, 2 * 86_400, 7 * 86_400],
            size: 28,
          },
          {
            ...axis,
            grid: { stroke: colourOf('line'), width: 1 },
            values: (_plot, splits) => splits.map((at) => (at === 0 ? '' : (series[0]?.format(at) ?? ''))),
            size: 56,
          },
        ],
        series: [
          {},
          ...series.map(({ name, colour }) => ({
            label: name,
            stroke: colourOf(colour),
            width: kind === 'line' ? 2 : 0,
            points: { show: kind === 'line', size: 6, fill: colourOf(colour) },
            ...(kind === 'bars' && bars && { fill: colourOf(colour), paths: bars }),
          })),
        ],
        hooks: { setCursor: [(plot) => tell(plot, series, days)] },
      },
      [days.map((day) => day / 1000), ...series.map(({ values }) => values)],
      element,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [days, series, kind, height, now]);
  return (
    <figure aria-label={label} className="relative">
      <div ref={box} aria-hidden="true" style={{ height }} className="overflow-hidden" />
      <table className="sr-only">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            {series.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day, at) => (
            <tr key={day}>
              <th scope="row">{dayName.format(day)}</th>
              {series.map(({ name, values, format }) => (
                <td key={name}>{values[at] === null ? '–' : format(values[at] ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

/** What stands under the pointer, in the chart's corner. */
function tell(plot: uPlot, series: Series[], days: number[]): void {
  let note = plot.over.querySelector<HTMLElement>('[data-note]');
  if (!note) {
    note = plot.over.appendChild(document.createElement('div'));
    note.dataset['note'] = '';
    note.className =
      'pointer-events-none absolute top-0 right-0 rounded-md bg-raised px-2 py-1 text-xs text-ink shadow-float';
  }
  const at = plot.cursor.idx;
  note.hidden = at === null || at === undefined;
  if (at === null || at === undefined) return;
  const parts = series.map(
    ({ name, values, format }) => `${name} ${values[at] === null ? '–' : format(values[at] ?? 0)}`,
  );
  note.textContent = `${dayName.format(days[at])}: ${parts.join(', ')}`;
}
