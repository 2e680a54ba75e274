import { Body, Controller, Inject, Post, Req, Res, VERSION_NEUTRAL } from '@nestjs/common';
import {
  AppError,
  exchangeMcpGrant,
  registerMcpClient,
  revokeMcpToken,
  type CallOf,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, ClientAddress, Describe } from '../http/index.js';
import { LimitedBy, RateLimits } from '../limits/index.js';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../settings.module.js';
import { sendOAuth, sendOAuthError } from './oauth.error.js';
import { SCOPE, sessionOfResource } from './resource.js';
import { OAuthErrorAnswer, RegistrationAnswer, TokenAnswer } from './mcp-access.answer.js';

const Text = z.string().min(1).max(4_000);
const TokenBody = z.discriminatedUnion('grant_type', [
  z.object({
    grant_type: z.literal('authorization_code'),
    code: Text,
    client_id: Text,
    redirect_uri: Text,
    code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/, 'must be a code verifier of RFC 7636'),
    resource: Text.optional(),
  }),
  z.object({
    grant_type: z.literal('refresh_token'),
    refresh_token: Text,
    client_id: Text,
    resource: Text.optional(),
  }),
]);
const RegistrationBody = z.object({
  redirect_uris: z.array(z.string().max(500)).min(1).max(10),
  client_name: z.string().max(200).optional(),
});
const RevocationBody = z.object({ token: z.string().min(1).max(200) });

const refusal = (description: string) => ({ description, schema: OAuthErrorAnswer });
const OAUTH_ERRORS = {
  400: refusal('Refused; `error` says why.'),
  408: refusal('The body did not come in time.'),
  413: refusal('The body is larger than bodies may be.'),
  415: refusal('The media type of the body is not one that is read here.'),
  429: refusal('Too many requests.'),
};

/** What clients ask for without their user. All are public: they have no secret, but prove what they began. */
@Controller({ path: 'oauth', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@LimitedBy('oauth')
@ApiTag('OAuth')
export class OAuthTokenController {
  constructor(
    private readonly bus: Bus,
    private readonly limits: RateLimits,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Describe({
    id: 'exchangeToken',
    summary: 'Exchange a code or a refresh token',
    description: 'RFC 6749, with PKCE.',
    body: { type: 'application/x-www-form-urlencoded', schema: TokenBody },
    answers: { ...OAUTH_ERRORS, 200: { description: 'Tokens.', schema: TokenAnswer } },
  })
  @Post('token')
  async token(
    @Body() given: unknown,
    @Req() { raw }: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const body = TokenBody.safeParse(given ?? {});
    if (!body.success) {
      const isOther = body.error.issues.some(({ path }) => path[0] === 'grant_type');
      const code = isOther ? 'unsupported_grant_type' : 'invalid_request';
      return sendOAuthError(reply, code, z.prettifyError(body.error));
    }
    const { resource } = body.data;
    const sessionId = resource && sessionOfResource(this.config.PUBLIC_URL, resource);
    if (resource && !sessionId) {
      return sendOAuthError(reply, 'invalid_target', 'The resource is none of this server.');
    }
    const answer = await this.bus.request(exchangeMcpGrant, toExchange(body.data, sessionId));
    if ('refused' in answer) {
      await this.limits.consume('failures', this.addresses.of(raw));
      return sendOAuthError(reply, answer.refused, answer.why);
    }
    sendOAuth(reply, 200, {
      access_token: answer.accessToken,
      token_type: 'Bearer',
      expires_in: answer.expiresInSeconds,
      refresh_token: answer.refreshToken,
      scope: SCOPE,
    });
  }

  /** RFC 7591 */
  @Describe({
    id: 'registerOAuthClient',
    summary: 'Register an MCP client',
    description: 'RFC 7591. A registration is no permission.',
    body: { type: 'application/json', schema: RegistrationBody },
    answers: { ...OAUTH_ERRORS, 201: { description: 'The client.', schema: RegistrationAnswer } },
  })
  @Post('register')
  @LimitedBy('registrations')
  async register(@Body() given: unknown, @Res() reply: FastifyReply): Promise<void> {
    const body = RegistrationBody.safeParse(given ?? {});
    if (!body.success) {
      return sendOAuthError(reply, 'invalid_client_metadata', z.prettifyError(body.error));
    }
    const { redirect_uris: redirectUris, client_name: name = 'An MCP client' } = body.data;
    try {
      const { clientId } = await this.bus.request(registerMcpClient, { name, redirectUris });
      sendOAuth(reply, 201, {
        client_id: clientId,
        client_id_issued_at: Math.floor(Date.now() / 1000),
        client_name: name,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        scope: SCOPE,
      });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
      sendOAuthError(reply, 'invalid_redirect_uri', error.message);
    }
  }

  /** RFC 7009 */
  @Describe({
    id: 'revokeToken',
    summary: 'Revoke a token',
    description: 'RFC 7009: 200 also for one that is not known.',
    body: { type: 'application/x-www-form-urlencoded', schema: RevocationBody },
    answers: { ...OAUTH_ERRORS, 200: { description: 'It does not work any more.', schema: z.object({}) } },
  })
  @Post('revoke')
  async revoke(@Body() given: unknown, @Res() reply: FastifyReply): Promise<void> {
    const body = RevocationBody.safeParse(given ?? {});
    if (!body.success) return sendOAuthError(reply, 'invalid_request', z.prettifyError(body.error));
    await this.bus.request(revokeMcpToken, { token: body.data.token });
    sendOAuth(reply, 200, {});
  }
}

function toExchange(
  body: z.output<typeof TokenBody>,
  sessionId: string | undefined,
): CallOf<typeof exchangeMcpGrant> {
  const clientId = body.client_id;
  if (body.grant_type === 'refresh_token') {
    return { kind: 'refresh', token: body.refresh_token, clientId, sessionId };
  }
  const { code: token, redirect_uri: redirectUri, code_verifier: codeVerifier } = body;
  return { kind: 'code', token, clientId, redirectUri, codeVerifier, sessionId };
}
