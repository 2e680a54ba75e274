import { Controller, Get, Inject, Param, VERSION_NEUTRAL } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { AccessFor } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { resourceUrl, SCOPE, sessionOfResource } from './resource.js';
import { ApiTag, Describe } from '../http/index.js';
import { ResourceMetadataAnswer, ServerMetadataAnswer } from './mcp-access.answer.js';

/** Where MCP clients learn how to be let in. The same for every session, so it tells of none whether it is there. */
@Controller({ path: '.well-known', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@ApiTag('OAuth')
export class OAuthMetadataController {
  private readonly issuer: string;

  constructor(@Inject(CONFIG) { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>) {
    this.issuer = PUBLIC_URL;
  }

  /** RFC 9728 */
  @Describe({
    id: 'getSessionResourceMetadata',
    summary: 'Where tokens for a session’s MCP endpoint come from',
    description: 'RFC 9728. The same for every session, also for one that does not exist.',
    answer: ResourceMetadataAnswer,
    errors: ['not_found'],
  })
  @Get('oauth-protected-resource/tool_router/:sessionId/mcp')
  resource(@Param('sessionId') sessionId: string) {
    const resource = resourceUrl(this.issuer, sessionId);
    if (!sessionOfResource(this.issuer, resource))
      throw new AppError('not_found', 'There is no such resource.');
    return {
      resource,
      resource_name: 'Patchbay session',
      authorization_servers: [this.issuer],
      scopes_supported: [SCOPE],
      bearer_methods_supported: ['header'],
    };
  }

  /** RFC 8414 */
  @Describe({
    id: 'getAuthorizationServerMetadata',
    summary: 'What the authorization server can do',
    description: 'RFC 8414.',
    answer: ServerMetadataAnswer,
  })
  @Get('oauth-authorization-server')
  server() {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/oauth/authorize`,
      token_endpoint: `${this.issuer}/oauth/token`,
      registration_endpoint: `${this.issuer}/oauth/register`,
      revocation_endpoint: `${this.issuer}/oauth/revoke`,
      scopes_supported: [SCOPE],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none'],
      revocation_endpoint_auth_methods_supported: ['none'],
      client_id_metadata_document_supported: true,
      authorization_response_iss_parameter_supported: true,
    };
  }
}
