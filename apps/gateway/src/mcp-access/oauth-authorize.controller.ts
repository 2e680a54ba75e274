import { Body, Controller, Get, Inject, Post, Query, Res, UseGuards, VERSION_NEUTRAL } from '@nestjs/common';
import { AppError, getMcpClient, grantMcpAccess, type McpClient } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AccessFor } from '../access/access.js';
import type { GatewayConfig } from '../config.js';
import { orRefusedPage, sendPage } from '../connect/page.response.js';
import { CONFIG } from '../tokens.js';
import { AdmittedPage, ConsentPage } from './consent.pages.js';
import { OAuthLimit } from './oauth.limit.js';
import { sessionOfResource } from './resource.js';

/** Before these are known to belong together, the browser is not sent anywhere. */
const Where = z.object({ client_id: z.string().max(4_000), redirect_uri: z.string().max(2_000) });
const Asked = z.object({
  response_type: z.literal('code'),
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 in base64url'),
  code_challenge_method: z.literal('S256'),
  state: z.string().max(2_000).optional(),
  resource: z.string().max(2_000).optional(),
});
const Consent = z.object({ access_code: z.string().max(100) });

/**
 * Where a client sends its user to be admitted. Neither the client nor the session's id in the address permit
 * anything: the access code does, which the developer's app hands to the session's user and nobody else.
 */
@Controller({ path: 'oauth/authorize', version: VERSION_NEUTRAL })
@AccessFor('anyone')
@UseGuards(OAuthLimit)
export class OAuthAuthorizeController {
  constructor(
    private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  @Get()
  async ask(@Query() query: unknown, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 400, async () => {
      const client = await this.clientOf(query);
      const asked = Asked.safeParse(query);
      if (!asked.success) return this.refuse(reply, query, client, 'invalid_request', asked.error);
      sendPage(reply, 200, ConsentPage({ client, ...whereTo(query) }));
    });
  }

  /** The form goes to the address that showed it, so that everything the client asked for comes again. */
  @Post()
  async admit(@Query() query: unknown, @Body() form: unknown, @Res() reply: FastifyReply): Promise<void> {
    await orRefusedPage(reply, 400, async () => {
      const client = await this.clientOf(query);
      const asked = Asked.safeParse(query);
      if (!asked.success) return this.refuse(reply, query, client, 'invalid_request', asked.error);
      if (typeof form === 'object' && form !== null && 'deny' in form) {
        return this.refuse(reply, query, client, 'access_denied');
      }
      const consent = Consent.safeParse(form);
      if (!consent.success) return this.askAgain(reply, query, client, 'Enter the access code.');
      const { code_challenge: codeChallenge, resource, state } = asked.data;
      const sessionId = resource && sessionOfResource(this.config.PUBLIC_URL, resource);
      if (resource && !sessionId) return this.refuse(reply, query, client, 'invalid_target');
      const { redirect_uri: redirectUri, client_id: clientId } = Where.parse(query);
      try {
        const accessCode = consent.data.access_code;
        const { code } = await this.bus.request(grantMcpAccess, {
          accessCode,
          clientId,
          redirectUri,
          codeChallenge,
          sessionId,
        });
        this.goBack(reply, client, redirectUri, { code, state });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
        this.askAgain(reply, query, client, error.message);
      }
    });
  }

  private clientOf(query: unknown): Promise<McpClient> {
    const where = Where.safeParse(query);
    if (!where.success) throw new AppError('invalid_request', 'The address of this page is incomplete.');
    const { client_id: clientId, redirect_uri: redirectUri } = where.data;
    return this.bus.request(getMcpClient, { clientId, redirectUri });
  }

  private askAgain(reply: FastifyReply, query: unknown, client: McpClient, problem: string): void {
    sendPage(reply, 400, ConsentPage({ client, problem, ...whereTo(query) }));
  }

  private refuse(
    reply: FastifyReply,
    query: unknown,
    client: McpClient,
    error: string,
    cause?: z.ZodError,
  ): void {
    const { redirect_uri: redirectUri } = Where.parse(query);
    const state = z.object({ state: z.string() }).safeParse(query).data?.state;
    const description = cause && z.prettifyError(cause);
    this.goBack(reply, client, redirectUri, { error, error_description: description, state });
  }

  private goBack(
    reply: FastifyReply,
    client: McpClient,
    redirectUri: string,
    answer: Record<string, string | undefined>,
  ): void {
    const url = new URL(redirectUri);
    // With `iss` a client knows that the answer is ours (RFC 9207).
    for (const [name, value] of Object.entries({ ...answer, iss: this.config.PUBLIC_URL })) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    sendPage(reply, 200, AdmittedPage({ client, url: url.href, wasAdmitted: answer['code'] !== undefined }));
  }
}

/** Whose machine or site the code goes to, as the person should see it. */
function whereTo(query: unknown): { returnsTo: string } {
  const url = new URL(Where.parse(query).redirect_uri);
  const isHere = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  return { returnsTo: isHere ? 'a program on this computer' : url.host || url.protocol };
}
