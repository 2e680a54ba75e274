export { McpEndpoint } from './mcp.endpoint.js';
export { McpModule } from './mcp.module.js';
export { HttpExchange } from './transport/http-exchange.js';
export { httpErrorMessage, isJsonRpcRoute, JsonRpcRoute } from './transport/json-rpc-route.js';
export { OriginCheck } from './transport/origin.check.js';
