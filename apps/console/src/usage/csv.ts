interface Group {
  key: string;
  event_count: number;
  failed_count?: number;
  duration_ms?: number;
}

/** In quotes, and with what a spreadsheet would take for a formula made a text. */
const cell = (value: string) =>
  `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;

/** Usage as a sheet has it (RFC 4180). */
export function asCsv(by: string, groups: readonly Group[]): string {
  const rows = groups.map(({ key, event_count, failed_count = 0, duration_ms = 0 }) =>
    [cell(key), event_count, failed_count, Math.round(duration_ms)].join(','),
  );
  return [`${by},calls,failed,duration_ms`, ...rows, ''].join('\r\n');
}
