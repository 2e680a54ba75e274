import { RawJson, readJson, type ContentBlock } from '@patchbay/contracts';

/** What came of running a tool, before it is on the record. */
export interface ToolResult {
  successful: boolean;
  /** An object; unread where the provider's own text of it is passed on. */
  data: Record<string, unknown> | RawJson;
  error: string | null;
  /** What belongs to it beside the data, for MCP clients. */
  content?: ContentBlock[];
}

/** The data of a result, read where nobody has needed to yet. */
export function readData({ data }: Pick<ToolResult, 'data'>): Record<string, unknown> {
  return data instanceof RawJson ? (readJson(data.text) as Record<string, unknown>) : data;
}
