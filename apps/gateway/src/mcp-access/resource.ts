import { getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server';

/** The one thing that a client can be let in to do. */
export const SCOPE = 'mcp';

const MCP_PATH = /^\/tool_router\/(trs_[A-Za-z0-9_-]{1,64})\/mcp\/?$/;

/** A session's endpoint, which is the audience of its tokens (RFC 8707). */
export function resourceUrl(publicUrl: string, sessionId: string): string {
  return `${publicUrl}/tool_router/${sessionId}/mcp`;
}

/** @returns undefined for what is no session's endpoint of ours */
export function sessionOfResource(publicUrl: string, resource: string): string | undefined {
  if (!URL.canParse(resource) || !resource.startsWith(publicUrl)) return undefined;
  return MCP_PATH.exec(resource.slice(publicUrl.length))?.[1];
}

/** Tells a client without a credential where it learns how to get one (RFC 9728, section 5.1). */
export function challenge(publicUrl: string, sessionId: string, wasRefused: boolean): string {
  const metadata = getOAuthProtectedResourceMetadataUrl(new URL(resourceUrl(publicUrl, sessionId)));
  const error = wasRefused ? 'error="invalid_token", ' : '';
  return `Bearer ${error}scope="${SCOPE}", resource_metadata="${metadata}"`;
}
