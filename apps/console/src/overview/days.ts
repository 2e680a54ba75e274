const DAY = 86_400_000;

/** The last days, each by its beginning in UTC, until today. */
export function lastDays(count: number, now: number): number[] {
  const today = Math.floor(now / DAY) * DAY;
  return Array.from({ length: count }, (_, at) => today - (count - 1 - at) * DAY);
}

interface Group {
  key: string;
  event_count: number;
  failed_count?: number;
  duration_ms?: number;
}

/** Usage by day, with those days on which there was none. */
export function byDay(days: number[], groups: readonly Group[]) {
  const found = new Map(groups.map((group) => [Date.parse(group.key.slice(0, 10)), group]));
  return {
    calls: days.map((day) => found.get(day)?.event_count ?? 0),
    failed: days.map((day) => found.get(day)?.failed_count ?? 0),
    average: days.map((day) => {
      const { event_count = 0, duration_ms = 0 } = found.get(day) ?? {};
      return event_count === 0 ? null : duration_ms / event_count;
    }),
  };
}
