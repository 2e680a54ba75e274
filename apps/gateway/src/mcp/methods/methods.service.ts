import { Injectable } from '@nestjs/common';
import {
  ProtocolError,
  ProtocolErrorCode,
  specTypeSchemas,
  type CallToolRequestParams,
  type CallToolResult,
  type InputRequiredResult,
  type JSONRPCRequest,
  type ListToolsResult,
  type StandardSchemaV1,
} from '@modelcontextprotocol/server';
import { isMetaTool, type Session } from '@patchbay/contracts';
import { SERVER_ERROR } from '../transport/json-rpc.js';
import type { CallOptions } from './call-options.js';
import { SessionToolsService } from './session-tools.service.js';

const INSTRUCTIONS =
  'Tools of one user, and of the accounts this user has connected. When COMPOSIO_SEARCH_TOOLS is there, begin with it: it finds the tools for a task and says whether their accounts are connected. COMPOSIO_MANAGE_CONNECTIONS makes links to connect those that are missing; COMPOSIO_MULTI_EXECUTE_TOOL runs what was found.';

/** The methods that legacy and stateless clients have in common. */
@Injectable()
export class McpMethods {
  constructor(private readonly tools: SessionToolsService) {}

  /** How to use the session's tools, for the model. */
  instructionsFor(session: Session): string {
    const direct = session.exposedTools.filter((slug) => !isMetaTool(slug));
    return direct.length === session.exposedTools.length ? 'Tools of one user.' : INSTRUCTIONS;
  }

  listTools(session: Session, { params }: JSONRPCRequest): Promise<ListToolsResult> {
    const { cursor } = parse(specTypeSchemas.PaginatedRequestParams, params ?? {});
    return this.tools.list(session, cursor);
  }

  callParams({ params }: JSONRPCRequest): CallToolRequestParams {
    return parse(specTypeSchemas.CallToolRequestParams, params);
  }

  /**
   * Ends at once when it is cancelled; the provider's answer is not awaited.
   */
  async callTool(
    session: Session,
    { name, arguments: given = {}, _meta }: CallToolRequestParams,
    { signal, elicitor, idempotencyKey, context }: CallOptions,
  ): Promise<CallToolResult | InputRequiredResult> {
    const cancelled = new Promise<never>((_, reject) => {
      const end = () => reject(new ProtocolError(SERVER_ERROR, 'The call was cancelled.'));
      if (signal.aborted) end();
      else signal.addEventListener('abort', end, { once: true });
    });
    const call = { toolSlug: name, arguments: given };
    return Promise.race([
      cancelled,
      this.tools.call(session, call, {
        signal,
        elicitor,
        idempotencyKey: _meta?.['idempotencyKey'] ?? idempotencyKey,
        context,
      }),
    ]);
  }
}

/** @throws ProtocolError that names what is wrong with the parameters */
export function parse<T>(schema: StandardSchemaV1<unknown, T>, params: unknown): T {
  const result = schema['~standard'].validate(params);
  if (result instanceof Promise) throw new Error('The schemas of the protocol are synchronous');
  if (!result.issues) return result.value;
  const issues = result.issues.map(({ path = [], message }) => `${path.map(String).join('.')}: ${message}`);
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid params: ${issues.join('; ')}`);
}
