import type { ContentBlock } from '@patchbay/contracts';

/** Characters of a failure's message, at most: it goes into the record and to the model. */
export const FAILURE_CHARACTERS = 4_000;

/** What came of running a tool, before it is on the record. */
export interface ToolResult {
  successful: boolean;
  data: Record<string, unknown>;
  error: string | null;
  /** What belongs to it beside the data, for MCP clients. */
  content?: ContentBlock[];
}
