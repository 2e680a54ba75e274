import type { AuthSpec, HttpTool, McpTool, ToolkitProgram } from '@patchbay/toolkits';

/** A toolkit as its source describes it: plain data, as it is stored. */
export interface ToolkitDefinition {
  name: string;
  description: string;
  logo: string;
  /** Of a program, its package URL. */
  baseUrl: string;
  auth: AuthSpec[];
  program?: ToolkitProgram;
  tools: ImportedTool[];
}

/** Plain data as well. */
export type ImportedTool = HttpTool | McpTool;
