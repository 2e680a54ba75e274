import { expect, it } from 'vitest';
import { byDay, lastDays } from './days.js';

it('has every day until today, with those on which nothing was', () => {
  const days = lastDays(3, Date.parse('2026-03-02T13:00:00Z'));
  expect(days.map((day) => new Date(day).toISOString().slice(0, 10))).toEqual([
    '2026-02-28',
    '2026-03-01',
    '2026-03-02',
  ]);
  expect(byDay(days, [{ key: '2026-03-01', event_count: 4, failed_count: 1, duration_ms: 200 }])).toEqual({
    calls: [0, 4, 0],
    failed: [0, 1, 0],
    average: [null, 50, null],
  });
});
