import { ProtocolErrorCode } from '@modelcontextprotocol/server';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { errorMessage, SERVER_ERROR } from './json-rpc.js';

/** Marks a route whose clients speak JSON-RPC, and nothing else where they are refused before it could read them. */
export const SpeaksJsonRpc = () => RouteConfig({ speaksJsonRpc: true });

export function speaksJsonRpc({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { speaksJsonRpc?: boolean }).speaksJsonRpc === true;
}

/** What HTTP refused: no JSON, too large, of another type. Nobody knows the id of what could not be read. */
export function unreadable(status: number, message: string): object {
  const code = status === 400 ? ProtocolErrorCode.ParseError : SERVER_ERROR;
  return errorMessage(null, { code, message });
}
