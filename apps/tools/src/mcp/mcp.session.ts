import {
  Client,
  ProtocolError,
  ProtocolErrorCode,
  SdkHttpError,
  UnauthorizedError,
  type CallToolRequestParams,
  type CallToolResult,
  type RequestOptions,
  type Tool,
} from '@modelcontextprotocol/client';
import { AppError } from '@patchbay/contracts';
import { OutboundError, type OutboundClient } from '@patchbay/service';
import { HttpConnection } from './http.connection.js';
import type { McpLimits } from './mcp.exchange.js';
import { LIST_INDEX, type ListedTool, type SkippedTool } from './reading/listed-tools.js';
import type { ServerConnection, SignInChallenge } from './server.connection.js';
import { READ_ANSWER, UNCHECKED_ANSWERS } from './unchecked.answers.js';

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

/** A session with an MCP server of either protocol era, of one credential; one of 2026-07-28 holds none at its end. */
export class McpSession {
  private readonly client: Client;

  private constructor(
    private readonly connection: ServerConnection,
    onToolsChanged: (() => void) | undefined,
  ) {
    this.client = new Client(
      { name: 'patchbay', version: '0.1.0' },
      {
        versionNegotiation: { mode: connection.asksEra ? 'auto' : 'legacy' },
        listMaxPages: MAX_LIST_PAGES,
        jsonSchemaValidator: UNCHECKED_ANSWERS,
        ...(onToolsChanged && {
          listChanged: {
            tools: { autoRefresh: false, debounceMs: 0, onChanged: onToolsChanged },
          },
        }),
      },
    );
  }

  /**
   * With a server at an address.
   * @param headers sent with each request
   * @throws SignInWanted; AppError when it cannot be reached or may not be called, or a header is not to be said
   */
  static async open(
    http: OutboundClient,
    url: URL,
    headers: Record<string, string>,
    { toolkit, ...options }: SessionOptions,
  ): Promise<McpSession> {
    const { sessionBytes, onToolsChanged } = options;
    const listens = onToolsChanged !== undefined;
    return this.begin(new HttpConnection(http, url, headers, { toolkit, listens, sessionBytes }), options);
  }

  /** @throws as `open` does */
  static async begin(
    connection: ServerConnection,
    { onToolsChanged, openWithinMs: timeout = OPEN_LIMIT_MS }: Omit<SessionOptions, 'toolkit'>,
  ): Promise<McpSession> {
    const session = new McpSession(connection, onToolsChanged);
    let limit: NodeJS.Timeout | undefined;
    try {
      const tooLong = new Promise<never>((_, reject) => {
        limit = setTimeout(() => reject(notInTime(connection.name, timeout)), timeout);
      });
      await session.run((client) =>
        Promise.race([client.connect(connection.transport, { timeout }), tooLong]),
      );
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
      if (isUnauthorized(error)) throw new SignInWanted(this.connection.challenge, error);
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
    const { skipped, listed } = this.connection.transport.answers;
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
    await this.connection.end().catch(() => undefined);
    await this.client.close();
  }
}

/**
 * A session that has ended is answered with 404, by servers of an older making also with 400. Of a program: it is gone,
 * whatever ended it.
 */
export function isOver(error: unknown): boolean {
  if (error instanceof SdkHttpError) return error.status === 404 || error.status === 400;
  return causes(error).some((cause) => cause instanceof AppError && cause.code === 'sandbox_lost');
}

/** Of what failed because its session is over: nothing was done, and a new one may be asked. */
export function wasNotDone(error: unknown): boolean {
  return isOver(error) && (!(error instanceof AppError) || error.retryable);
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

function notInTime(name: string, limitMs: number): OutboundError {
  return new OutboundError('timeout', `${name} did not answer within ${limitMs} ms.`);
}
