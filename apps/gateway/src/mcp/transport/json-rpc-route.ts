import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { errorMessage, SERVER_ERROR } from './json-rpc.js';

/** Marks a route whose clients expect JSON-RPC errors, also for a body that HTTP refused before it was read. */
export const JsonRpcRoute = () => RouteConfig({ isJsonRpc: true });

export function isJsonRpcRoute({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { isJsonRpc?: boolean }).isJsonRpc === true;
}

/** An HTTP error (invalid JSON, body too large, wrong content type) as JSON-RPC. The request's id is unknown. */
export function httpErrorMessage(status: number, message: string): object {
  const code = status === 400 ? ProtocolErrorCode.ParseError : SERVER_ERROR;
  return errorMessage(null, { code, message });
}
