import type { FastifyReply } from 'fastify';

/** The refusals of RFC 6749, RFC 7591, RFC 8707 and, of who asks too often, RFC 8628 that this server makes. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_target'
  | 'unsupported_grant_type'
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'slow_down';

export function sendOAuthError(
  reply: FastifyReply,
  error: OAuthErrorCode,
  description: string,
  status = 400,
): void {
  sendOAuth(reply, status, { error, error_description: description });
}

export function sendOAuth(reply: FastifyReply, status: number, body: object): void {
  void reply.status(status).header('cache-control', 'no-store').send(body);
}
