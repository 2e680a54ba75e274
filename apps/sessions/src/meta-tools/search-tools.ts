import { Injectable } from '@nestjs/common';
import {
  findTools,
  toCallSession,
  type Connection,
  type FoundTool,
  type FoundToolkit,
  type SearchExplanation,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { allTools, findCustomTools } from '../custom-tools/index.js';
import { MemoriesService, memory } from '../memories/index.js';
import { SessionAccountsService } from '../toolkits/index.js';
import { ConnectionStatuses } from './connection-statuses.js';
import type { MetaCall, MetaResult, MetaTool } from './meta-tool.js';
import { guidanceFor, nextSteps, planFor } from './search-guidance.js';
import { foundCustomTool, schemasBySlug } from './tool-schemas.js';
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
  memory,
});
/** What people ask who wonder about a search; models are not told of it. */
const accepted = input.extend({ explain: z.boolean().optional() });

export const searchToolsDescription = {
  slug: 'COMPOSIO_SEARCH_TOOLS',
  name: 'Search tools',
  description:
    "Finds the tools for a task from a description of it. Call it first, and again when the task changes: slugs must come from here, never from memory. The answer holds the tools' input schemas and says for each toolkit whether the user has connected an account; connect missing ones with COMPOSIO_MANAGE_CONNECTIONS before running their tools.",
  input,
  tags: ['important', 'openWorldHint', 'readOnlyHint'],
};

@Injectable()
export class SearchTools implements MetaTool<typeof accepted> {
  readonly about = { ...searchToolsDescription, input: accepted };
  readonly reachesNobody = true;

  constructor(
    private readonly bus: Bus,
    private readonly memories: MemoriesService,
    private readonly statuses: ConnectionStatuses,
    private readonly accounts: SessionAccountsService,
  ) {}

  async run(given: z.output<typeof accepted>, call: MetaCall): Promise<MetaResult> {
    const { session, customTools } = call;
    if (given.memory) await this.memories.remember(session, given.memory);
    const accounts = await this.accounts.connected(session);
    const { hits, toolkits: described } = await this.find(given, call, accounts);
    const tools = [
      ...new Map(hits.flatMap(({ tools: all }) => all).map((tool) => [tool.slug, tool])).values(),
    ];
    const named = hits.flatMap(({ awaiting }) => awaiting);
    const toolkits = [...new Set([...tools.map(({ toolkit }) => toolkit.toLowerCase()), ...named])];
    const [statuses, memory] = await Promise.all([
      this.statuses.of(session, toolkits, { customTools, accounts, described }),
      this.memories.recall(session.id, toolkits),
    ]);
    const failed = hits.filter(
      ({ primary, awaiting }) => primary.length === 0 && awaiting.length === 0,
    ).length;
    const id = given.session?.id ?? newWorkflowId();
    return {
      data: {
        results: hits.map(({ useCase, knownFields, primary, tools: all, awaiting, explanation }, index) => ({
          index: index + 1,
          use_case: useCase,
          primary_tool_slugs: primary.map(({ slug }) => slug),
          related_tool_slugs: all.slice(primary.length).map(({ slug }) => slug),
          toolkits: [...new Set([...all.map(({ toolkit }) => toolkit), ...awaiting])],
          ...planFor(primary, statuses, knownFields),
          ...memoryOf(all, memory),
          ...(awaiting.length > 0 && { execution_guidance: guidanceFor(awaiting) }),
          ...(primary.length === 0 &&
            awaiting.length === 0 && { error: 'No tool of this session fits. Try other words.' }),
          ...(explanation && { explanation }),
        })),
        tool_schemas: schemasBySlug(tools),
        toolkit_connection_statuses: statuses,
        next_steps_guidance: nextSteps(statuses, session.exposedTools),
        session: { generate_id: given.session?.id === undefined, ...workflowOf(id).session },
        time_info: timeInfo(new Date()),
      },
      error: failed > 0 ? `${failed} out of ${hits.length} searches failed, reasons: no tool fits` : null,
    };
  }

  /** For each query its tools, the likeliest first: custom ones that come close, then those of the catalogue. */
  private async find(
    { queries, toolkits, explain }: z.output<typeof accepted>,
    { session, customTools }: MetaCall,
    accounts: readonly Connection[],
  ): Promise<{ hits: Hit[]; toolkits: FoundToolkit[] }> {
    const { scope, toolsAt } = toCallSession(session);
    const found = await this.bus.request(findTools, {
      projectId: session.projectId,
      queries: queries.map(({ use_case: useCase, known_fields: knownFields }) => ({ useCase, knownFields })),
      scope,
      toolkits,
      connected: [...new Set(accounts.map(({ toolkit }) => toolkit))],
      withExplanation: explain,
      toolsAt,
    });
    const bySlug = new Map(found.tools.map((tool) => [tool.slug, tool]));
    const known = (slugs: readonly string[]) => slugs.flatMap((slug) => bySlug.get(slug) ?? []);
    const findCustom = findCustomTools(customTools ? allTools(customTools) : []);
    const lower = toolkits?.map((slug) => slug.toLowerCase());
    const hits = found.hits.map(
      ({ useCase, primaryTools, relatedTools, awaiting = [], explanation }, index) => {
        const custom = findCustom(useCase, lower);
        const near = custom.filter(({ isClose }) => isClose).map(({ tool }) => foundCustomTool(tool));
        const far = custom.filter(({ isClose }) => !isClose).map(({ tool }) => foundCustomTool(tool));
        const primary = [...near, ...known(primaryTools)];
        return {
          useCase,
          knownFields: queries[index]?.known_fields,
          primary,
          tools: [...primary, ...known(relatedTools), ...far],
          awaiting,
          explanation,
        };
      },
    );
    return { hits, toolkits: found.toolkits };
  }
}

interface Hit {
  useCase: string;
  knownFields: string | undefined;
  primary: FoundTool[];
  /** The primary ones first. */
  tools: FoundTool[];
  /** Toolkits that it names, whose tools are known once an account is connected. */
  awaiting: string[];
  /** Of those of the catalogue, when it was asked for. */
  explanation: SearchExplanation | undefined;
}

/** What the session remembers of the toolkits of one result; absent when it is nothing. */
function memoryOf(tools: readonly FoundTool[], memory: Record<string, string[]>) {
  const about = tools.map(({ toolkit }) => toolkit.toLowerCase());
  const known = Object.entries(memory).filter(([toolkit]) => about.includes(toolkit));
  return known.length > 0 ? { memory: Object.fromEntries(known) } : {};
}

function timeInfo(now: Date) {
  return {
    current_time_utc: now.toISOString(),
    current_time_utc_epoch_seconds: Math.floor(now.getTime() / 1000),
    message: 'Reckon dates such as "today" from this time.',
  };
}
