import type { LabelValues } from 'prom-client';

export interface DurationsSettings<L extends string> {
  name: string;
  help: string;
  labelNames?: readonly L[];
  /** Upper bounds in ascending order, in the unit of what is observed. */
  buckets: readonly number[];
}

interface Series<L extends string> {
  labels: LabelValues<L>;
  /** Values up to each bound and above the one before it; the last are above all. */
  counts: number[];
  sum: number;
}

interface Sample {
  metricName: string;
  /** Of this sample alone, and of all of its series. */
  labels: Record<string, string | number>;
  sharedLabels: Partial<Record<string, string | number>>;
  value: number;
}

/**
 * A histogram for prom-client's registry. The one of prom-client checks the labels and writes a bound as text at each
 * observation, which was a twentieth of what a tool call costs in `tools`; this one does all that when it is read.
 */
export class Durations<L extends string> {
  readonly name: string;
  readonly help: string;
  readonly type = 'histogram';
  private readonly labelNames: readonly L[];
  private readonly bounds: readonly number[];
  private readonly series = new Map<string, Series<L>>();

  constructor({ name, help, labelNames = [], buckets }: DurationsSettings<L>) {
    this.name = name;
    this.help = help;
    this.labelNames = labelNames;
    this.bounds = buckets;
    // As with prom-client, one without labels is there from the start.
    if (labelNames.length === 0) this.seriesOf({});
  }

  /** @param value in the unit of the buckets: seconds, as a rule */
  observe(labels: LabelValues<L>, value: number): void {
    const series = this.seriesOf(labels);
    let place = 0;
    while (place < this.bounds.length && value > (this.bounds[place] ?? 0)) place += 1;
    series.counts[place] = (series.counts[place] ?? 0) + 1;
    series.sum += value;
  }

  /** @returns what ends the timer; labels that are known only then may be given to it */
  startTimer(labels: LabelValues<L> = {}): (more?: LabelValues<L>) => void {
    const start = performance.now();
    return (more) =>
      this.observe(more ? { ...labels, ...more } : labels, (performance.now() - start) / 1_000);
  }

  /** For the registry. */
  get(): Promise<{ name: string; help: string; type: string; values: Sample[] }> {
    const values = [...this.series.values()].flatMap((series) => this.samplesOf(series));
    return Promise.resolve({ name: this.name, help: this.help, type: this.type, values });
  }

  private seriesOf(labels: LabelValues<L>): Series<L> {
    let key = '';
    for (const name of this.labelNames) key += `${labels[name] ?? ''}\n`;
    const found = this.series.get(key);
    if (found) return found;
    const made = { labels, counts: Array.from({ length: this.bounds.length + 1 }, () => 0), sum: 0 };
    this.series.set(key, made);
    return made;
  }

  /** Each bucket counts those below it as well. */
  private samplesOf({ labels, counts, sum }: Series<L>): Sample[] {
    let count = 0;
    const buckets = [...this.bounds, '+Inf'].map((le, place) => {
      count += counts[place] ?? 0;
      return { metricName: `${this.name}_bucket`, labels: { le }, sharedLabels: labels, value: count };
    });
    return [
      ...buckets,
      { metricName: `${this.name}_sum`, labels: {}, sharedLabels: labels, value: sum },
      { metricName: `${this.name}_count`, labels: {}, sharedLabels: labels, value: count },
    ];
  }
}
