import type { ContentBlock } from '@patchbay/contracts';

/** What came of running a tool, before it is on the record. */
export interface ToolResult {
  successful: boolean;
  data: Record<string, unknown>;
  error: string | null;
  /** What belongs to it beside the data, for MCP clients. */
  content?: ContentBlock[];
}
