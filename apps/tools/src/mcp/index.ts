export { explainMcpError } from './mcp-errors.js';
export { McpModule } from './mcp.module.js';
export { isRefused, SignInWanted, type ToolListing } from './mcp.session.js';
export type { SignInChallenge } from './server.connection.js';
export { McpSignIn } from './mcp.sign-in.js';
export { McpUpstreams } from './mcp.upstreams.js';
export { hasPlaces, upstreamAddress } from './upstream-address.js';
export type { ListedTool, SkippedTool } from './reading/listed-tools.js';
