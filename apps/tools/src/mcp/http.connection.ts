import { extractWWWAuthenticateParams } from '@modelcontextprotocol/client';
import { AppError, headerRefusal, unmarkedText } from '@patchbay/contracts';
import type { OutboundClient } from '@patchbay/service';
import { McpExchange, type McpLimits, type McpRequest } from './mcp.exchange.js';
import { McpTransport } from './mcp.transport.js';
import { Reconnections } from './reconnections.js';
import type { ServerConnection, SignInChallenge } from './server.connection.js';

export interface HttpConnectionOptions extends McpLimits {
  /** The toolkit whose server it is: requests are made for it. */
  toolkit: string;
  /** Whether a stream is held open for what the server says by itself. */
  listens: boolean;
}

/** The stream of the server's own messages is not wanted (Streamable HTTP: a client need not open it). */
const NO_STREAM = 405;

/**
 * To a server that has an address. Its headers are fixed when it is opened, so every request of it, those of its
 * streams and repeats too, is of one credential.
 */
export class HttpConnection implements ServerConnection {
  readonly asksEra = true;
  readonly name: string;
  readonly transport: McpTransport;
  challenge: SignInChallenge = {};
  private readonly exchange: McpExchange;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly listens: boolean;

  /**
   * @param headers sent with each request
   * @throws AppError `invalid_request` when a header is not to be said
   */
  constructor(
    http: OutboundClient,
    url: URL,
    headers: Record<string, string>,
    { toolkit, listens, ...limits }: HttpConnectionOptions,
  ) {
    for (const [name, value] of Object.entries(headers)) {
      const refusal = headerRefusal(name, value, { isMcp: true });
      if (refusal) throw new AppError('invalid_request', `The header ${name} ${refusal}.`);
    }
    this.name = url.host;
    // Their names in small letters, as those of the protocol are.
    this.headers = Object.fromEntries(new Headers(headers));
    this.listens = listens;
    this.exchange = new McpExchange(http, toolkit, limits);
    this.transport = new McpTransport(url, {
      fetch: this.fetch,
      exchange: (request) => this.send(url, request),
      reconnectionScheduler: new Reconnections().schedule,
    });
  }

  end(): Promise<void> {
    return this.transport.terminateSession();
  }

  private readonly fetch = async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const given = this.transport.taken(init.body);
    if (given) return given;
    const headers = new Headers(init.headers);
    // A stream that broke off is resumed all the same.
    if (init.method === 'GET' && !this.listens && !headers.has('last-event-id')) {
      return new Response(null, { status: NO_STREAM });
    }
    return this.send(new URL(input), {
      method: init.method ?? 'GET',
      headers: Object.fromEntries(headers),
      body: typeof init.body === 'string' ? init.body : undefined,
      signal: init.signal ?? undefined,
    });
  };

  private async send(url: URL, request: McpRequest): Promise<Response> {
    const response = await this.exchange.send(url, {
      ...request,
      headers: { ...request.headers, ...this.headers },
      body: request.body && unmarkedText(request.body),
    });
    if (response.status === 401) this.challenge = extractWWWAuthenticateParams(response);
    return response;
  }
}
