/** How numbers, times and ids are written everywhere. */

const counts = new Intl.NumberFormat('en', { useGrouping: true });

/** 1 234 567, with thin spaces. */
export const count = (value: number) => counts.format(value).replaceAll(',', '\u202f');

/** "1 session", "1 233 sessions". */
export const counted = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

export function duration(ms: number): string {
  if (ms < 1) return '< 1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  const rest = Math.round(seconds) % 60;
  return minutes < 60 ? `${minutes} min ${rest} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(value: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(value, 1)) / 10)));
  const scaled = value / 1024 ** power;
  return `${power === 0 || scaled >= 99.95 ? Math.round(scaled) : scaled.toFixed(1)} ${UNITS[power]}`;
}

export const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(part === 0 || part === whole ? 0 : 1)} %`;

const exactTime = new Intl.DateTimeFormat(undefined, {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** In the reader's zone and language, to the second. */
export const exactly = (time: Date) => exactTime.format(time);

const STEPS: [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 'second'],
  [3_600, 'minute'],
  [86_400, 'hour'],
  [7 * 86_400, 'day'],
];
const SECONDS: Partial<Record<Intl.RelativeTimeFormatUnit, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
};
const relative = new Intl.RelativeTimeFormat('en', { style: 'narrow', numeric: 'always' });
const dayOnly = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });

/** "12s ago", "in 3h"; the day when it is further away than a week. */
export function ago(time: Date, now: number): string {
  const seconds = Math.round((time.getTime() - now) / 1000);
  if (Math.abs(seconds) < 2) return 'now';
  for (const [until, unit] of STEPS) {
    if (Math.abs(seconds) < until) return relative.format(Math.trunc(seconds / (SECONDS[unit] ?? 1)), unit);
  }
  return dayOnly.format(time);
}

/** Shortened in the middle, where ids are alike least. */
export const middle = (text: string, longest = 20) =>
  text.length <= longest
    ? text
    : `${text.slice(0, Math.ceil(longest / 2))}…${text.slice(-(Math.floor(longest / 2) - 1))}`;
