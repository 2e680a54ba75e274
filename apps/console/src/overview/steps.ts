import type { Answer } from '@patchbay/client';

type Activity = Pick<Answer<'getActivity'>, 'from' | 'to' | 'step_ms' | 'points'>;

/** Every step of the time that was asked for, with those in which nothing was called: the answer leaves them out. */
export function bySteps({ from, to, step_ms: step, points }: Activity) {
  const found = new Map(points.map((point) => [Date.parse(point.at), point]));
  const first = Math.floor(from / step) * step;
  const times = Array.from({ length: Math.ceil((to - first) / step) }, (_, at) => first + at * step);
  const each = <T>(read: (point: Activity['points'][number]) => T, none: T) =>
    times.map((time) => {
      const point = found.get(time);
      return point ? read(point) : none;
    });
  return {
    times,
    calls: each(({ calls }) => calls, 0),
    failed: each(({ failed }) => failed, 0),
    p50: each(({ p50_ms }) => p50_ms, null),
    p95: each(({ p95_ms }) => p95_ms, null),
    p99: each(({ p99_ms }) => p99_ms, null),
  };
}
