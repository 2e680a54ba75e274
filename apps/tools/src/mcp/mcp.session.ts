import {
  Client,
  extractWWWAuthenticateParams,
  ProtocolError,
  ProtocolErrorCode,
  SdkHttpError,
  UnauthorizedError,
  type CallToolRequestParams,
  type CallToolResult,
  type RequestOptions,
  type Tool,
} from '@modelcontextprotocol/client';
import { AppError, headerRefusal, unmarkedText } from '@patchbay/contracts';
import { OutboundError, type OutboundClient } from '@patchbay/service';
import { McpExchange, type McpLimits, type McpRequest } from './mcp.exchange.js';
import { McpTransport } from './mcp.transport.js';
import { LIST_INDEX, type ListedTool, type SkippedTool } from './reading/listed-tools.js';
import { Reconnections } from './reconnections.js';
import { READ_ANSWER, UNCHECKED_ANSWERS } from './unchecked.answers.js';

/** What a server says of the sign-in that it wants (RFC 6750, RFC 9728). */
export interface SignInChallenge {
  resourceMetadataUrl?: URL;
  scope?: string;
}

/** The server wants a sign-in, or does not take the credential that it was shown. */
export class SignInWanted extends Error {
  constructor(
    readonly challenge: SignInChallenge,
    cause: unknown,
  ) {
    super('The server wants a sign-in.', { cause });
  }
}

export interface SessionOptions extends McpLimits {
  /** The toolkit whose server it is: requests are made for it. */
  toolkit: string;
  /** Hears that the server has other tools now. Without it no stream is held open for what the server says by itself. */
  onToolsChanged?: () => void;
  openWithinMs?: number;
}

/** For the question what the server speaks and the handshake together. */
const OPEN_LIMIT_MS = 15_000;
const MAX_LIST_PAGES = 100;

const BAD_HEADERS = 'its x-mcp-header names what is no header, or names one twice';

/** What a list of tools comes to. */
export interface ToolListing {
  tools: ListedTool[];
  skipped: SkippedTool[];
}

/** The stream of the server's own messages is not wanted (Streamable HTTP: a client need not open it). */
const NO_STREAM = 405;

/**
 * A session with an MCP server of either protocol era; one of 2026-07-28 holds none at its end. Its headers are
 * fixed when it is opened, so every request in it, those of its streams and repeats too, is of one credential.
 */
export class McpSession {
  private challenge: SignInChallenge = {};
  private readonly listens: boolean;
  private readonly client: Client;
  private readonly transport: McpTransport;
  private readonly exchange: McpExchange;

  private constructor(
    http: OutboundClient,
    url: URL,
    private readonly headers: Readonly<Record<string, string>>,
    { onToolsChanged, toolkit, ...limits }: SessionOptions,
  ) {
    this.listens = onToolsChanged !== undefined;
    this.exchange = new McpExchange(http, toolkit, limits);
    this.client = new Client(
      { name: 'patchbay', version: '0.1.0' },
      {
        versionNegotiation: { mode: 'auto' },
        listMaxPages: MAX_LIST_PAGES,
        jsonSchemaValidator: UNCHECKED_ANSWERS,
        ...(onToolsChanged && {
          listChanged: {
            tools: { autoRefresh: false, debounceMs: 0, onChanged: onToolsChanged },
          },
        }),
      },
    );
    this.transport = new McpTransport(url, {
      fetch: this.fetch,
      exchange: (request) => this.send(url, request),
      reconnectionScheduler: new Reconnections().schedule,
    });
  }

  /**
   * @param headers sent with each request
   * @throws SignInWanted; AppError when it cannot be reached or may not be called, or a header is not to be said
   */
  static async open(
    http: OutboundClient,
    url: URL,
    headers: Record<string, string>,
    options: SessionOptions,
  ): Promise<McpSession> {
    for (const [name, value] of Object.entries(headers)) {
      const refusal = headerRefusal(name, value, { isMcp: true });
      if (refusal) throw new AppError('invalid_request', `The header ${name} ${refusal}.`);
    }
    // Their names in small letters, as those of the protocol are.
    const session = new McpSession(http, url, Object.fromEntries(new Headers(headers)), options);
    const { openWithinMs: timeout = OPEN_LIMIT_MS } = options;
    let limit: NodeJS.Timeout | undefined;
    try {
      const tooLong = new Promise<never>((_, reject) => {
        limit = setTimeout(() => reject(notInTime(url, timeout)), timeout);
      });
      await session.run((client) => Promise.race([client.connect(session.transport, { timeout }), tooLong]));
      return session;
    } catch (error) {
      await session.client.close();
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  /** @throws SignInWanted; AppError; what the server or the client library says otherwise */
  async run<T>(work: (client: Client) => Promise<T>): Promise<T> {
    try {
      return await work(this.client);
    } catch (error) {
      if (isUnauthorized(error)) throw new SignInWanted(this.challenge, error);
      throw causes(error).find((cause) => cause instanceof AppError) ?? error;
    }
  }

  /**
   * Calls a tool. Its answer was read here already, so the client library checks it once more only where a tool's
   * headers are its matter (SEP-2243), in sessions of 2026-07-28.
   * @throws as `run` does
   */
  callTool(params: CallToolRequestParams, options: RequestOptions): Promise<CallToolResult> {
    return this.run((client) =>
      client.getProtocolEra() === 'modern'
        ? client.callTool(params, options)
        : client.request({ method: 'tools/call', params }, READ_ANSWER, options),
    );
  }

  /**
   * All tools of the server, in the order in which it lists them, and what stands among them and is none.
   * @throws as `run` does
   */
  async listTools(options: RequestOptions): Promise<ToolListing> {
    const tools = await this.run(async (client) => (await client.listTools({}, options)).tools).catch(
      noneOrThrow,
    );
    const taken = new Set(tools.map((tool) => tool._meta?.[LIST_INDEX]));
    const { skipped, listed } = this.transport;
    // SEP-2243: clients leave out tools whose headers are not to be sent, and the client library does not report it.
    const withBadHeaders = listed.filter(({ index }) => !taken.has(index));
    const refused = withBadHeaders.map(({ index, name }) => ({ index, name, reason: BAD_HEADERS }));
    return {
      tools: listed.filter(({ index }) => taken.has(index)),
      skipped: [...skipped, ...refused].toSorted((a, b) => a.index - b.index),
    };
  }

  /** Ends the session at the server, which need not keep it then. */
  async close(): Promise<void> {
    await this.transport.terminateSession().catch(() => undefined);
    await this.client.close();
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

/** A session that has ended is answered with 404, by servers of an older making also with 400: nothing was done. */
export function isOver(error: unknown): boolean {
  return error instanceof SdkHttpError && (error.status === 404 || error.status === 400);
}

/** Of servers that want a key and do not say so as HTTP has it: they answer 400 or 403 to who shows none. */
export function isRefused(error: unknown): boolean {
  return causes(error).some(
    (cause) => cause instanceof SdkHttpError && (cause.status === 400 || cause.status === 403),
  );
}

function isUnauthorized(error: unknown): boolean {
  return causes(error).some(
    (cause) => cause instanceof UnauthorizedError || (cause instanceof SdkHttpError && cause.status === 401),
  );
}

/** Who has no tools need not know the method. */
function noneOrThrow(error: unknown): Tool[] {
  if (error instanceof ProtocolError && error.code === ProtocolErrorCode.MethodNotFound) return [];
  throw error;
}

/** An error and what it came of. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let cause = error; cause !== undefined && found.length < 10;) {
    found.push(cause);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return found;
}

function notInTime({ host }: URL, limitMs: number): OutboundError {
  return new OutboundError('timeout', `${host} did not answer within ${limitMs} ms.`);
}
