/** A provider's time as ISO 8601; null where it says none that can be read. */
export function momentOf(at: string | number | undefined): string | null {
  if (at === undefined) return null;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
