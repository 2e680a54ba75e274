import { Injectable } from '@nestjs/common';
import { AppError, outsideText, type McpClient } from '@patchbay/contracts';
import { OutboundClient, UNAUTHENTICATED } from '@patchbay/service';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { Vault } from '../vault/index.js';
import { isRedirectUri, isRegistered, parseUrl } from './redirect-uri.js';

const REGISTERED = 'mcpc_';
/** Registrations belong to no project: one client asks for sessions of many. */
const OWNER = { projectId: '', id: 'mcp-client' };
const Registration = z.object({ name: z.string(), redirectUris: z.array(z.string()) });

/** What we read of a client's document (draft-ietf-oauth-client-id-metadata-document). */
const Document = z.object({
  client_id: z.string(),
  client_name: z.string().max(200).optional(),
  redirect_uris: z.array(z.string().max(500)).min(1).max(50),
});
const DOCUMENT_LIMITS = { timeoutMs: 5_000, maxBytes: 16 * 1024 };
const DOCUMENTS = { max: 1_000, ttl: 5 * 60_000 };

/** Who asks to be let in: known by a document at the address that is its id, or by its registration. */
@Injectable()
export class McpClientsService {
  private readonly documents = new LRUCache<string, McpClient>(DOCUMENTS);

  constructor(
    private readonly vault: Vault,
    private readonly http: OutboundClient,
  ) {}

  register({ name, redirectUris }: z.infer<typeof Registration>): McpClient {
    const refused = redirectUris.find((uri) => !isRedirectUri(uri));
    if (refused !== undefined) {
      throw new AppError('invalid_request', `Codes cannot be sent to ${refused}.`, {
        suggestion: 'Use https, http on localhost, or a scheme of your own.',
      });
    }
    const clientId = REGISTERED + this.vault.seal('mcp_clients.client_id', OWNER, { name, redirectUris });
    return { clientId, name, describedAt: null, redirectUris };
  }

  /** @throws AppError `invalid_request`: the browser must then not be sent anywhere */
  async get(clientId: string, redirectUri: string): Promise<McpClient> {
    const client = clientId.startsWith(REGISTERED) ? this.open(clientId) : await this.read(clientId);
    if (isRedirectUri(redirectUri) && isRegistered(redirectUri, client.redirectUris)) return client;
    throw new AppError('invalid_request', 'The client did not register this address to return to.');
  }

  private open(clientId: string): McpClient {
    try {
      const sealed = this.vault.open('mcp_clients.client_id', OWNER, clientId.slice(REGISTERED.length));
      return { clientId, describedAt: null, ...Registration.parse(sealed) };
    } catch (cause) {
      throw new AppError('invalid_request', 'This client is not registered here.', { cause });
    }
  }

  private async read(clientId: string): Promise<McpClient> {
    const known = this.documents.get(clientId);
    if (known) return known;
    const url = documentUrl(clientId);
    // No key is needed for it, so only public addresses are read, and errors tell nothing about others.
    const answer = await this.http
      .send({
        purpose: UNAUTHENTICATED,
        method: 'GET',
        url,
        headers: { accept: 'application/json' },
        ...DOCUMENT_LIMITS,
      })
      .catch((error: unknown) => {
        throw error instanceof AppError ? noDescription(clientId, error) : error;
      });
    const document = answer.status === 200 ? Document.safeParse(parseJson(answer.body)) : undefined;
    // The document must name this client, and be at the address that is its id.
    if (!document?.success || document.data.client_id !== clientId || answer.url.href !== url.href) {
      throw noDescription(clientId);
    }
    const { client_name: name = url.host, redirect_uris: redirectUris } = document.data;
    const client = { clientId, name: outsideText(name), describedAt: url.host, redirectUris };
    this.documents.set(clientId, client);
    return client;
  }
}

function noDescription(clientId: string, cause?: unknown): AppError {
  const message = `There is no description of a client at ${outsideText(clientId)}.`;
  return new AppError('invalid_request', message, { cause });
}

function documentUrl(clientId: string): URL {
  const url = parseUrl(clientId);
  if (!url || url.protocol !== 'https:' || url.pathname === '/' || url.hash || url.username) {
    throw new AppError('invalid_request', 'The client id is neither a registration nor an https address.');
  }
  return url;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
