export { mcpTools, type McpToolsJob } from './mcp.import.js';
export { withTools } from './mcp.tools.js';
export { openApi, type ImportResult, type OpenApiJob } from './openapi.import.js';
export type { SourceReading } from './source-reading.js';
export type { ImportedTool, ToolkitDefinition } from './toolkit-definition.js';
