import { Injectable } from '@nestjs/common';
import { searchTools, toCallSession, type Session, type ToolDefinition } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { SessionToolkitsService } from '../toolkits/session-toolkits.service.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { newWorkflowId, workflowOf } from './workflow.js';

const input = z.object({
  queries: z
    .array(
      z.object({
        use_case: z
          .string()
          .min(1)
          .max(1024)
          .describe('One action in plain English, such as "open an issue in a GitHub repository".'),
        known_fields: z
          .string()
          .max(500)
          .optional()
          .describe('What is known already, as `key:value` pairs joined by commas.'),
      }),
    )
    .min(1)
    .max(50)
    .describe('One entry for each action of the task.'),
  session: z
    .object({
      id: z.string().max(64).optional().describe('The id of a workflow that goes on.'),
      generate_id: z.boolean().optional().describe('true at the beginning of a new task.'),
    })
    .optional(),
  toolkits: z.array(z.string()).optional().describe('Search in these toolkits only.'),
  model: z.string().optional().describe('The model that asks; a hint.'),
  search_strategy: z.enum(['auto', 'tool_search']).default('auto'),
});

export const searchToolsDescription = {
  slug: 'COMPOSIO_SEARCH_TOOLS',
  name: 'Search tools',
  description:
    "Finds the tools for a task from a description of it. Call it first, and again when the task changes: slugs must come from here, never from memory. The answer holds the tools' input schemas and says for each toolkit whether the user has connected an account; connect missing ones with COMPOSIO_MANAGE_CONNECTIONS before running their tools.",
  input,
  tags: ['important', 'openWorldHint', 'readOnlyHint'],
};

@Injectable()
export class SearchTools implements MetaTool<typeof input> {
  readonly about = searchToolsDescription;

  constructor(
    private readonly bus: Bus,
    private readonly toolkits: SessionToolkitsService,
  ) {}

  async run(given: z.output<typeof input>, { session }: MetaCall): Promise<MetaResult> {
    const found = await this.bus.request(searchTools, {
      projectId: session.projectId,
      queries: given.queries.map(({ use_case: useCase, known_fields: knownFields }) => ({
        useCase,
        knownFields,
      })),
      scope: toCallSession(session).scope,
      toolkits: given.toolkits,
    });
    const failed = found.hits.filter(({ primaryTools }) => primaryTools.length === 0).length;
    const statuses = await this.connectionStatuses(session, found.tools);
    const id = given.session?.id ?? newWorkflowId();
    return {
      data: {
        results: found.hits.map((hit, index) => ({
          index: index + 1,
          use_case: hit.useCase,
          primary_tool_slugs: hit.primaryTools,
          related_tool_slugs: hit.relatedTools,
          toolkits: hit.toolkits,
          ...(hit.primaryTools.length === 0 && { error: 'No tool of this session fits. Try other words.' }),
        })),
        tool_schemas: Object.fromEntries(found.tools.map((tool) => [tool.slug, schemaOf(tool)])),
        toolkit_connection_statuses: statuses,
        next_steps_guidance: nextSteps(statuses),
        session: { generate_id: given.session?.id === undefined, ...workflowOf(id).session },
        time_info: timeInfo(new Date()),
      },
      error:
        failed > 0 ? `${failed} out of ${found.hits.length} searches failed, reasons: no tool fits` : null,
    };
  }

  private async connectionStatuses(session: Session, tools: readonly ToolDefinition[]) {
    const slugs = [...new Set(tools.map(({ toolkit }) => toolkit.slug))];
    if (slugs.length === 0) return [];
    const { items } = await this.toolkits.list(session, { toolkits: slugs, isConnected: false, limit: 1000 });
    return items.map(({ slug, description, needsAccount, connection }) => ({
      toolkit: slug,
      description,
      has_active_connection: !needsAccount || connection !== null,
      status_message: !needsAccount
        ? 'Needs no account.'
        : connection
          ? `Connected${connection.displayName ? ` as ${connection.displayName}` : ''}.`
          : 'Not connected yet: use COMPOSIO_MANAGE_CONNECTIONS to get a link for the user.',
      ...(connection && {
        connection_details: { connected_account_id: connection.id, word_id: connection.wordId },
        ...(connection.displayName && { current_user_info: { name: connection.displayName } }),
      }),
    }));
  }
}

function schemaOf({ slug, toolkit, description, inputSchema }: ToolDefinition) {
  return {
    tool_slug: slug,
    toolkit: toolkit.slug,
    description,
    hasFullSchema: true,
    input_schema: inputSchema,
  };
}

function nextSteps(statuses: readonly { toolkit: string; has_active_connection: boolean }[]): string[] {
  const missing = statuses.filter((status) => !status.has_active_connection).map(({ toolkit }) => toolkit);
  return [
    ...(missing.length > 0
      ? [
          `Connect ${missing.join(', ')} with COMPOSIO_MANAGE_CONNECTIONS and show the user the link it answers.`,
        ]
      : []),
    'Run the tools with COMPOSIO_MULTI_EXECUTE_TOOL, with arguments that fit their input_schema.',
  ];
}

function timeInfo(now: Date) {
  return {
    current_time_utc: now.toISOString(),
    current_time_utc_epoch_seconds: Math.floor(now.getTime() / 1000),
    message: 'Reckon dates such as "today" from this time.',
  };
}
