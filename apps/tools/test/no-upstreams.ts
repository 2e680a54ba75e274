import type { McpUpstreams } from '../src/mcp/mcp.upstreams.js';

/** For tests of tools that no MCP server runs. */
export const NO_UPSTREAMS = {
  run: () => Promise.reject(new Error('There is no MCP server here')),
} as unknown as McpUpstreams;
