import type {
  AnswerOf,
  CallContext,
  CallOrigin,
  CallOutcome,
  CustomAuth,
  CustomTools,
  executeTool,
  GivenCredential,
  InputOf,
  OutputOf,
  proxyRequest,
  Session,
} from '@patchbay/contracts';

/** In a session, or directly by a developer's own code, on behalf of one of the project's users. */
export type CallScope = { session: Session } | { session?: undefined; projectId: string; userId: string };

/** What a controller or the MCP endpoint builds for `CallsService`; a call of a tool and a proxied request extend it. */
export interface Call {
  scope: CallScope;
  context: CallContext;
  account?: string | undefined;
  /** A credential to use instead of a connected account's. */
  credential?: GivenCredential | undefined;
  /** Set when the code of a sandbox makes the call. */
  origin?: CallOrigin | undefined;
  /** Permission keys that the user has allowed for this call. */
  allowed?: readonly string[] | undefined;
  /** Passed on to providers that take one. */
  idempotencyKey?: string | undefined;
  /** Aborted when the caller no longer waits: the call is then cancelled at its provider too. */
  signal?: AbortSignal | undefined;
}

export interface ToolCall extends Call {
  toolSlug: string;
  arguments: Record<string, unknown>;
  version?: string | undefined;
  customAuth?: CustomAuth | undefined;
  /** The custom tools of the request, for meta tools to find. */
  customTools?: CustomTools | undefined;
  /** Whether a large result is saved into the session's mount. */
  offload?: boolean | undefined;
}

export interface ProxyCall extends Call {
  toolkit: string;
  request: Pick<InputOf<typeof proxyRequest>, 'endpoint' | 'method' | 'body' | 'parameters' | 'binaryBody'>;
}

/** What a tool answered is passed on unread. Meta tools outside of a session are not recorded and use no account. */
export type ToolOutcome = Omit<AnswerOf<typeof executeTool>, 'logId' | 'connectionId'> &
  Partial<Pick<CallOutcome, 'logId' | 'connectionId'>>;
export type ProxyOutcome = OutputOf<typeof proxyRequest>;
