/** What came of running a tool, before it is on the record. */
export interface ToolResult {
  successful: boolean;
  data: Record<string, unknown>;
  error: string | null;
}
