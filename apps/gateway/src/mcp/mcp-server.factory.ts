import { Injectable } from '@nestjs/common';
import {
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type McpRequestContext,
  type Tool,
} from '@modelcontextprotocol/server';
import {
  AppError,
  listSessionTools,
  TOOL_HINTS,
  type CallOutcome,
  type Session,
  type ToolDefinition,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { CallsService } from '../calls/calls.service.js';

const TOOLS_A_PAGE = 500;

const INSTRUCTIONS =
  'Tools of one user, and of the accounts this user has connected. When COMPOSIO_SEARCH_TOOLS is there, begin with it: it finds the tools for a task and says whether their accounts are connected. COMPOSIO_MANAGE_CONNECTIONS makes links to connect those that are missing; COMPOSIO_MULTI_EXECUTE_TOOL runs what was found.';

/** Makes the server of one MCP request: it speaks for the session whose endpoint was called. */
@Injectable()
export class McpServerFactory {
  constructor(
    private readonly bus: Bus,
    private readonly calls: CallsService,
  ) {}

  create({ authInfo }: McpRequestContext): Server {
    const session = authInfo?.extra?.['session'] as Session;
    const server = new Server(
      { name: 'patchbay', title: 'Patchbay', version: '0.1.0' },
      { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
    );
    server.setRequestHandler('tools/list', async ({ params }) => {
      const { projectId, id } = session;
      const page = await refusable(() =>
        this.bus.request(listSessionTools, { projectId, id, limit: TOOLS_A_PAGE, cursor: params?.cursor }),
      );
      return { tools: page.items.map(toMcpTool), ...(page.nextCursor && { nextCursor: page.nextCursor }) };
    });
    server.setRequestHandler('tools/call', async ({ params }) => {
      try {
        const outcome = await this.calls.execute(session, {
          toolSlug: params.name,
          arguments: params.arguments ?? {},
        });
        return toMcpResult(presentOutcome(outcome), !outcome.successful);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        // A refusal is something that the model can act on, so it is a result and no protocol error.
        return toMcpResult(presentRefusal(error), true);
      }
    });
    return server;
  }
}

function toMcpTool(tool: ToolDefinition): Tool {
  const hints = Object.fromEntries(
    TOOL_HINTS.filter((hint) => tool.tags.includes(hint)).map((hint) => [hint, true]),
  );
  return {
    name: tool.slug,
    title: tool.name,
    description: tool.description,
    inputSchema: { ...tool.inputSchema, type: 'object' },
    annotations: { title: tool.name, ...hints },
  };
}

function presentOutcome({ successful, data, error, logId }: CallOutcome) {
  return { successful, data, error, log_id: logId };
}

function presentRefusal({ message, suggestion }: AppError) {
  return { successful: false, data: {}, error: [message, suggestion].filter(Boolean).join(' ') };
}

function toMcpResult(answer: object, isError: boolean) {
  return { content: [{ type: 'text' as const, text: JSON.stringify(answer) }], isError };
}

/** A list has no result that could carry a refusal: there it is a protocol error. */
async function refusable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const code =
      error.code === 'invalid_request' ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
    throw new ProtocolError(code, error.message);
  }
}
