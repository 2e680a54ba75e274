import type { AuthSpec, HttpTool, McpTool } from '@patchbay/toolkits';

/** A toolkit as its source describes it: plain data, as it is stored. */
export interface ToolkitDefinition {
  name: string;
  description: string;
  logo: string;
  baseUrl: string;
  auth: AuthSpec[];
  tools: ImportedTool[];
}

/** Plain data as well. */
export type ImportedTool = HttpTool | McpTool;
