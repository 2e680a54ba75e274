import type { ToolRequest, ToolHttp } from '../tool-runtime.js';

/** A provider's time as ISO 8601; null where it says none that can be read. */
export function momentOf(at: string | number | undefined): string | null {
  if (at === undefined) return null;
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The provider's own time of now, by the `Date` of an answer: our clock may differ. */
export async function providerTime(http: ToolHttp, request: ToolRequest): Promise<string> {
  const { headers } = await http.download(request);
  return momentOf(headers['date'] ?? '') ?? '';
}
