import { describe, expect, it } from 'vitest';
import { Histogram, Registry } from 'prom-client';
import { Durations } from './durations.js';

const SETTINGS = {
  name: 'test_seconds',
  help: 'What the test observes.',
  labelNames: ['subject', 'outcome'] as const,
  buckets: [0.001, 0.25, 5],
};

/** What a registry that holds this one alone tells of it. */
function read(durations: object): Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels({ service: 'tools' });
  registry.registerMetric(durations as Histogram);
  return registry.metrics();
}

describe('Durations', () => {
  it('tells what the histogram of prom-client tells', async () => {
    const [own, theirs] = [new Durations(SETTINGS), new Histogram({ ...SETTINGS, registers: [] })];
    for (const durations of [own, theirs]) {
      for (const value of [0, 0.001, 0.0011, 0.25, 5, 60])
        durations.observe({ subject: 'a.b', outcome: 'ok' }, value);
      durations.observe({ subject: 'a.b', outcome: 'error' }, 0.5);
      durations.observe({ outcome: 'ok', subject: 'quoted "c"' }, 0.5);
    }
    expect(await read(own)).toBe(await read(theirs));
  });

  it('is there from the start when it has no labels', async () => {
    const settings = { ...SETTINGS, labelNames: [] };
    const theirs = new Histogram({ ...settings, registers: [] });
    expect(await read(new Durations(settings))).toBe(await read(theirs));
  });

  it('times work in seconds, with labels of its start and of its end', async () => {
    const durations = new Durations(SETTINGS);
    durations.startTimer({ subject: 'a.b' })({ outcome: 'ok' });
    const { values } = await durations.get();
    expect(values.at(-1)).toEqual({
      metricName: 'test_seconds_count',
      labels: {},
      sharedLabels: { subject: 'a.b', outcome: 'ok' },
      value: 1,
    });
    expect(values.at(-2)?.value).toBeLessThan(60);
  });
});
