import type { Patchbay } from './client.js';
import type { Answer, BodyOf, Item, OptionsFor, RequestOptions } from './operations.js';

/** What an MCP client is configured with. The headers hold a credential. */
export interface McpConfiguration {
  type: 'http';
  url: string;
  headers: Record<string, string>;
}

export class Sessions {
  readonly #patchbay: Patchbay;
  readonly #credential: Record<string, string>;

  constructor(patchbay: Patchbay, credential: Record<string, string>) {
    this.#patchbay = patchbay;
    this.#credential = credential;
  }

  /** A new session of the user. */
  async create(body: BodyOf<'createSession'>, options: OptionsFor<'createSession'> = {}): Promise<Session> {
    return this.sessionOf(await this.#patchbay.request('createSession', { body, ...options }));
  }

  /** The session with this id. */
  async get(id: string, options: RequestOptions = {}): Promise<Session> {
    return this.sessionOf(
      await this.#patchbay.request('getSession', { path: { sessionId: id }, ...options }),
    );
  }

  private sessionOf(state: Answer<'createSession'>): Session {
    return new Session(this.#patchbay, this.#credential, state);
  }
}

/** One user's tools, accounts and MCP endpoint. */
export class Session {
  readonly id: string;
  /** As the platform answered it last. */
  state: Answer<'createSession'>;
  readonly #patchbay: Patchbay;
  // Not to be seen where a session is printed.
  readonly #credential: Record<string, string>;

  constructor(patchbay: Patchbay, credential: Record<string, string>, state: Answer<'createSession'>) {
    this.id = state.session_id;
    this.state = state;
    this.#patchbay = patchbay;
    this.#credential = credential;
  }

  /**
   * Runs a tool. A tool that fails is no error: `error` of the result says why.
   * @param more which account, when the user has several
   * @param options with an `idempotencyKey` it is safe to send again
   */
  async execute(
    toolSlug: string,
    args: Record<string, unknown> = {},
    more: Omit<BodyOf<'executeSessionTool'>, 'tool_slug' | 'arguments'> = {},
    options: OptionsFor<'executeSessionTool'> = {},
  ): Promise<Answer<'executeSessionTool'>> {
    return this.#patchbay.request('executeSessionTool', {
      ...this.at(),
      body: { ...more, tool_slug: toolSlug, arguments: args },
      ...options,
    });
  }

  /** What an agent in the session is shown, with schemas. */
  tools(options: RequestOptions = {}): AsyncGenerator<Item<'listSessionTools'>> {
    return this.#patchbay.items('listSessionTools', { ...this.at(), ...options });
  }

  /** The toolkits of the session, and whether the user has an account of each. */
  toolkits(options: RequestOptions = {}): AsyncGenerator<Item<'listSessionToolkits'>> {
    return this.#patchbay.items('listSessionToolkits', { ...this.at(), ...options });
  }

  /** A link under which the user connects an account: send them to its `redirect_url`. */
  async link(
    toolkit: string,
    more: Omit<BodyOf<'createSessionLink'>, 'toolkit'> = {},
    options: OptionsFor<'createSessionLink'> = {},
  ): Promise<Answer<'createSessionLink'>> {
    return this.#patchbay.request('createSessionLink', {
      ...this.at(),
      body: { ...more, toolkit },
      ...options,
    });
  }

  /** The session's MCP endpoint, for an MCP client that speaks Streamable HTTP. */
  mcp(): McpConfiguration {
    return { type: 'http', url: this.state.mcp.url, headers: { ...this.#credential } };
  }

  /** Changes what the session may do. */
  async update(body: BodyOf<'updateSession'>, options: OptionsFor<'updateSession'> = {}): Promise<void> {
    this.state = await this.#patchbay.request('updateSession', { ...this.at(), body, ...options });
  }

  async delete(options: OptionsFor<'deleteSession'> = {}): Promise<void> {
    await this.#patchbay.request('deleteSession', { ...this.at(), ...options });
  }

  private at(): { path: { sessionId: string } } {
    return { path: { sessionId: this.id } };
  }
}
