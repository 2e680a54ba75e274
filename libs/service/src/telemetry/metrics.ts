import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Registry,
  type CounterConfiguration,
  type GaugeConfiguration,
  type Histogram,
  type LabelValues,
} from 'prom-client';
import { Durations, type DurationsSettings } from './durations.js';

/** Everything that this process counts. A metric belongs to the file whose work it counts. */
const registry = new Registry();

/** From a message on this machine to the longest call. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

type Own<T> = Omit<T, 'registers'>;
const probes = new Set<() => Promise<void> | void>();

export function counter<L extends string>(configuration: Own<CounterConfiguration<L>>): Counter<L> {
  return new Counter({ ...configuration, registers: [registry] });
}
export function gauge<L extends string>(configuration: Own<GaugeConfiguration<L>>): Gauge<L> {
  return new Gauge({ ...configuration, registers: [registry] });
}
/** Of seconds, unless it brings buckets of its own. */
export function histogram<L extends string>(
  settings: Omit<DurationsSettings<L>, 'buckets'> & Partial<DurationsSettings<L>>,
): Durations<L> {
  const durations = new Durations({ buckets: SECONDS, ...settings });
  // The registry asks no more of a metric than its name and `get`, and its types know only its own.
  registry.registerMetric(durations as unknown as Histogram<L>);
  return durations;
}

/** Times work and tells how it ended, by the label `outcome`. */
export async function timed<L extends string, T>(
  durations: Durations<L>,
  labels: Record<Exclude<L, 'outcome'>, string>,
  work: () => Promise<T>,
): Promise<T> {
  const stopTimer = durations.startTimer();
  const tell = (outcome: 'ok' | 'error') => stopTimer({ ...labels, outcome } as unknown as LabelValues<L>);
  try {
    const result = await work();
    tell('ok');
    return result;
  } catch (error) {
    tell('error');
    throw error;
  }
}

/** Runs before the metrics are read, to fill gauges whose values are needed only then. */
export function beforeScrape(probe: () => Promise<void> | void): { forget(): void } {
  probes.add(probe);
  return { forget: () => probes.delete(probe) };
}

/** Prometheus' text format. A probe that fails leaves its gauge as it was. */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  await Promise.allSettled([...probes].map(async (probe) => probe()));
  return { contentType: registry.contentType, text: await registry.metrics() };
}

/** Memory, event loop and garbage collection of the process, as prom-client knows them. */
export function countProcess(service: string): void {
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
}
