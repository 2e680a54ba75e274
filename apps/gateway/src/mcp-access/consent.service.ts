import { Inject, Injectable } from '@nestjs/common';
import { AppError, getMcpClient, grantMcpAccess, type McpClient } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { GatewayConfig } from '../config.js';
import { sendPage } from '../pages/index.js';
import { Attempts } from '../limits/index.js';
import { ClientAddress } from '../http/index.js';
import { CONFIG } from '../settings.module.js';
import { AdmittedPage, ConsentPage, NotAdmittedPage } from './consent.pages.js';
import { sessionOfResource } from './resource.js';
import { returnTargetOf, type ReturnTarget } from './return-target.js';

/** Until these are known to belong together, the browser is not even shown a link. */
const Where = z.object({ client_id: z.string().max(4_000), redirect_uri: z.string().max(2_000) });
const Asked = z.object({
  response_type: z.literal('code'),
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 in base64url'),
  code_challenge_method: z.literal('S256'),
  state: z.string().max(2_000).optional(),
  resource: z.string().max(2_000).optional(),
});
const Consent = z.object({ access_code: z.string().max(100) });
const Denied = z.object({ deny: z.string() });

/** A client that belongs to the address it wants its answer at. */
interface Asking {
  client: McpClient;
  redirectUri: string;
  target: ReturnTarget;
  state: string | undefined;
}
type Wanted = { codeChallenge: string; sessionId: string | undefined };

/**
 * Asks the user whether to authorise a client. Only consent redirects, to the address that the page named. Any other
 * outcome is a page with a link (RFC 9700, section 4.11.2): registering an address would else make ours an open
 * redirector to it.
 */
@Injectable()
export class ConsentService {
  constructor(
    private readonly bus: Bus,
    private readonly attempts: Attempts,
    private readonly addresses: ClientAddress,
    @Inject(CONFIG) private readonly config: Pick<GatewayConfig, 'PUBLIC_URL'>,
  ) {}

  async ask(reply: FastifyReply, query: unknown): Promise<void> {
    const asking = await this.askingOf(query);
    if (this.wantedOf(reply, asking, query)) sendPage(reply, 200, ConsentPage(asking));
  }

  async answer(reply: FastifyReply, query: unknown, form: unknown): Promise<void> {
    const asking = await this.askingOf(query);
    const wanted = this.wantedOf(reply, asking, query);
    if (!wanted) return;
    if (Denied.safeParse(form).success) {
      return this.refuse(reply, asking, 'access_denied', 'You did not let it in, and nothing has happened.');
    }
    const consent = Consent.safeParse(form);
    if (!consent.success) return askAgain(reply, asking, 'Enter the access code.');
    const { client, redirectUri, target, state } = asking;
    try {
      const { access_code: accessCode } = consent.data;
      const { clientId } = client;
      const address = this.addresses.of(reply.request.raw);
      // A code that is wrong here may be right elsewhere.
      const secret = [accessCode, wanted.sessionId, clientId].join(' ');
      const { code } = await this.attempts.verify(
        { limit: 'codes', refusal: 'invalid_request', address, secret },
        () => this.bus.request(grantMcpAccess, { accessCode, clientId, redirectUri, ...wanted }),
      );
      sendPage(reply, 200, AdmittedPage({ target, url: this.answerUrl(redirectUri, { code, state }) }));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid_request') throw error;
      askAgain(reply, asking, error.message);
    }
  }

  private async askingOf(query: unknown): Promise<Asking> {
    const where = Where.safeParse(query);
    if (!where.success) throw new AppError('invalid_request', 'The address of this page is incomplete.');
    const { client_id: clientId, redirect_uri: redirectUri } = where.data;
    const client = await this.bus.request(getMcpClient, { clientId, redirectUri });
    const { data } = z.object({ state: z.string().max(2_000) }).safeParse(query);
    return { client, redirectUri, target: returnTargetOf(redirectUri), state: data?.state };
  }

  /** @returns undefined for an invalid request; its page has been sent then */
  private wantedOf(reply: FastifyReply, asking: Asking, query: unknown): Wanted | undefined {
    const asked = Asked.safeParse(query);
    if (!asked.success) {
      const why = 'The app sent an invalid request.';
      this.refuse(reply, asking, 'invalid_request', why, z.prettifyError(asked.error));
      return undefined;
    }
    const { code_challenge: codeChallenge, resource } = asked.data;
    const sessionId = resource && sessionOfResource(this.config.PUBLIC_URL, resource);
    if (resource && !sessionId) {
      this.refuse(
        reply,
        asking,
        'invalid_target',
        'The app asks for a resource that this server does not have.',
      );
      return undefined;
    }
    return { codeChallenge, sessionId };
  }

  private refuse(
    reply: FastifyReply,
    { redirectUri, target, state }: Asking,
    error: string,
    why: string,
    description?: string,
  ): void {
    const url = this.answerUrl(redirectUri, { error, error_description: description, state });
    const status = error === 'access_denied' ? 200 : 400;
    sendPage(reply, status, NotAdmittedPage({ target, url, why }));
  }

  private answerUrl(redirectUri: string, answer: Record<string, string | undefined>): string {
    const url = new URL(redirectUri);
    // With `iss` a client knows that the answer is ours (RFC 9207).
    for (const [name, value] of Object.entries({ ...answer, iss: this.config.PUBLIC_URL })) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url.href;
  }
}

function askAgain(reply: FastifyReply, { client, target }: Asking, problem: string): void {
  sendPage(reply, 400, ConsentPage({ client, target, problem }));
}
