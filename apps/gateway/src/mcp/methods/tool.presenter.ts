import type { CallToolResult, Tool } from '@modelcontextprotocol/server';
import {
  TOOL_HINTS,
  writeJson,
  type AppError,
  type JsonSchema,
  type ToolDefinition,
} from '@patchbay/contracts';
import type { ToolOutcome } from '../../calls/index.js';

export function presentTool(tool: ToolDefinition): Tool {
  const hints = Object.fromEntries(
    TOOL_HINTS.filter((hint) => tool.tags.includes(hint)).map((hint) => [hint, true]),
  );
  return {
    name: tool.slug,
    title: tool.name,
    description: tool.description,
    inputSchema: { ...tool.inputSchema, type: 'object' },
    outputSchema: presentOutputSchema(tool.outputSchema),
    annotations: { title: tool.name, ...hints },
  };
}

/** What `structuredContent` holds around a tool's data, with the data as the catalogue describes it. */
function presentOutputSchema(answer: JsonSchema): Tool['outputSchema'] {
  const { data, error, successful } = (answer['properties'] ?? {}) as Record<string, JsonSchema | undefined>;
  const { $defs, ...described } = data ?? {};
  return {
    type: 'object',
    properties: {
      successful: successful ?? { type: 'boolean' },
      // Clients discard a result that does not match, although the tool has acted. A provider that departs from its
      // own documentation must not cost its users the result, so anything else matches too.
      data: { anyOf: [described, {}] },
      error: error ?? { type: ['string', 'null'] },
      log_id: { type: 'string', description: "The call's place in the record." },
    },
    required: ['successful', 'data', 'error'],
    ...($defs !== undefined && { $defs }),
  };
}

export function presentToolResult({
  successful,
  data,
  error,
  logId,
  content = [],
}: ToolOutcome): CallToolResult {
  const structured = { successful, data, error, ...(logId && { log_id: logId }) };
  return presentStructured(structured, content as CallToolResult['content']);
}

/** The model can act on a refusal, so it is a result and no protocol error. */
export function presentRefusal({ message, suggestion }: AppError): CallToolResult {
  return presentStructured({
    successful: false,
    data: {},
    error: [message, suggestion].filter(Boolean).join(' '),
  });
}

function presentStructured(
  answer: { successful: boolean; data: object; error: string | null; log_id?: string },
  content: CallToolResult['content'] = [],
): CallToolResult {
  return {
    content: [{ type: 'text', text: writeJson(answer) }, ...content],
    structuredContent: answer,
    isError: !answer.successful,
  };
}
