import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import type { GatewayConfig } from '../config.js';
import { ApiTag, Describe } from '../http/index.js';
import { CONFIG } from '../settings.module.js';

const ISSUER_KEY = /^[A-Za-z0-9_-]{22}$/;
/** Long for servers, which ask for it at each sign-in; short for an operator who mends something. */
const CACHE_SECONDS = 3_600;

const ClientDocumentAnswer = z
  .object({
    client_id: z.string(),
    client_name: z.string(),
    client_uri: z.string(),
    redirect_uris: z.array(z.string()),
    grant_types: z.array(z.string()),
    response_types: z.array(z.string()),
    token_endpoint_auth_method: z.literal('none'),
  })
  .meta({ id: 'ClientMetadata' });

/**
 * Who we are, for the authorization servers that read it instead of registering clients
 * (draft-ietf-oauth-client-id-metadata-document). One document an issuer, with the callback of that issuer alone:
 * `auth` names it as the client id of accounts with CIMD_OAUTH. It tells nothing of whether there are any.
 */
@Controller('toolkits/auth')
@AccessFor('anyone')
@ApiTag('OAuth')
export class ClientDocumentController {
  private readonly base: string;

  constructor(@Inject(CONFIG) { PUBLIC_URL }: Pick<GatewayConfig, 'PUBLIC_URL'>) {
    this.base = PUBLIC_URL;
  }

  @Describe({
    id: 'getClientMetadata',
    summary: 'Who Patchbay is, for an authorization server',
    description:
      'The document whose address is the client id of accounts with `CIMD_OAUTH` (draft-ietf-oauth-client-id-metadata-document), one for each issuer. A public client, without a secret: PKCE protects its codes.',
    path: { issuer: 'The issuer, as it is in the address that its answers come to.' },
    answer: ClientDocumentAnswer,
    errors: ['not_found'],
  })
  @Get('issuers/:issuer/client.json')
  @Header('cache-control', `public, max-age=${CACHE_SECONDS}`)
  document(@Param('issuer') issuer: string) {
    if (!ISSUER_KEY.test(issuer)) throw new AppError('not_found', 'There is no such issuer.');
    const place = `${this.base}/api/v3.1/toolkits/auth/issuers/${issuer}`;
    return {
      client_id: `${place}/client.json`,
      client_name: 'Patchbay',
      client_uri: this.base,
      redirect_uris: [`${place}/callback`],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none' as const,
    };
  }
}
