const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = FORMATS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      weekday: 'long',
    });
    FORMATS.set(timeZone, format);
  }
  return format;
}

interface WallClock {
  /** Without an offset. */
  local: string;
  weekday: string;
}

function wallClockAt(instant: Date, timeZone: string): WallClock {
  const parts = Object.fromEntries(
    formatFor(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const year = String(parts['year']).padStart(4, '0');
  return {
    local: `${year}-${parts['month']}-${parts['day']}T${parts['hour']}:${parts['minute']}:${parts['second']}`,
    weekday: String(parts['weekday']),
  };
}

/** How far the zone's clocks are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: Date, timeZone: string): number {
  const whole = Math.floor(instant.getTime() / 1000) * 1000;
  return Date.parse(`${wallClockAt(instant, timeZone).local}Z`) - whole;
}

export function describeInstant(instant: Date, timezone: string) {
  const { local, weekday } = wallClockAt(instant, timezone);
  const utc_offset = formatOffset(offsetAt(instant, timezone));
  return { timezone, datetime: `${local}${utc_offset}`, day_of_week: weekday, utc_offset };
}

/**
 * The instant at which the zone's clocks show `wallClock`. In the hour that a zone skips in spring the
 * clock after the change is meant; in the hour it repeats in autumn, the first of the two.
 */
export function instantOf(wallClock: string, timeZone: string): Date {
  const asIfUtc = Date.parse(`${wallClock.replace(/Z$/, '')}Z`);
  const dayBefore = offsetAt(new Date(asIfUtc - 86_400_000), timeZone);
  const first = new Date(asIfUtc - dayBefore);
  if (offsetAt(first, timeZone) === dayBefore) return first;
  const second = new Date(asIfUtc - offsetAt(first, timeZone));
  // Skipped by the change: neither offset gives the clock back, so the earlier offset carries it past.
  return offsetAt(second, timeZone) === offsetAt(first, timeZone) ? second : first;
}

function formatOffset(offsetMs: number): string {
  const minutes = Math.abs(Math.round(offsetMs / 60_000));
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
