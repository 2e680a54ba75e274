import { expect, it } from 'vitest';
import { bySteps } from './steps.js';

it('has every step of the time that was asked for, with those in which nothing was called', () => {
  const at = (time: string) => Date.parse(`2026-03-02T${time}Z`);
  const point = { at: '2026-03-02T13:15:00.000Z', calls: 4, failed: 1, p50_ms: 20, p95_ms: 90, p99_ms: 95 };
  const shown = bySteps({ from: at('13:04'), to: at('13:31'), step_ms: 900_000, points: [point] });
  expect(shown).toEqual({
    times: [at('13:00'), at('13:15'), at('13:30')],
    calls: [0, 4, 0],
    failed: [0, 1, 0],
    p50: [null, 20, null],
    p95: [null, 90, null],
    p99: [null, 95, null],
  });
});
