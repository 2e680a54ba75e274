import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import {
  ALIASES_AT_MOST,
  deleteToolTuning,
  getToolTuning,
  listToolTunings,
  setToolTuning,
  ToolAlias,
  ToolBoost,
  ToolkitSlug,
  ToolSlug,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import { ApiTag, Describe, pageAnswer, pageQuery, presentPage, Wire } from '../http/index.js';
import { presentTuning, SearchTuningAnswer } from './search-tuning.presenter.js';

const ListQuery = z.object({ ...pageQuery(1000), toolkit_slug: ToolkitSlug.optional() });
const TuningBody = z.strictObject({
  aliases: z
    .array(ToolAlias)
    .max(ALIASES_AT_MOST)
    .optional()
    .describe('What people call the tool, beside its name: it is found by each as if that were its name.'),
  boost: ToolBoost.optional().describe(
    'What its score counts: 1 changes nothing, 1.5 half as much more, and less than 1 makes it stand back.',
  ),
});
const DeletionAnswer = z.object({ tool_slug: z.string(), deleted: z.literal(true) });

const TOOL = { tool_slug: 'The tool, one that ships or one of the project’s own.' };

/** What a project says of its tools for searching (docs/toolkits.md#mending-a-search). Ours. */
@Controller('search_tunings')
@AccessFor('project')
@Area('toolkits')
@ApiTag('Tools')
export class SearchTuningsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listSearchTunings',
    summary: 'List what the project says of its tools for searching',
    description: 'By toolkit and slug.',
    answer: pageAnswer(SearchTuningAnswer),
  })
  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const { toolkit_slug: toolkit, limit, cursor } = query;
    const page = await this.bus.request(listToolTunings, { projectId, toolkit, limit, cursor });
    return presentPage(page, limit, presentTuning);
  }

  @Describe({
    id: 'getSearchTuning',
    summary: 'Get what the project says of a tool for searching',
    path: TOOL,
    answer: SearchTuningAnswer,
    errors: ['not_found'],
  })
  @Get(':tool_slug')
  async get(@ProjectId() projectId: string, @Param('tool_slug', new Wire(ToolSlug)) toolSlug: string) {
    return presentTuning(await this.bus.request(getToolTuning, { projectId, toolSlug }));
  }

  @Describe({
    id: 'setSearchTuning',
    summary: 'Say other names of a tool, and what it counts in searches',
    description:
      'In the place of what was said before; a field that is left out says nothing. All searches of the project follow at once, and those of no other project.',
    path: TOOL,
    answer: SearchTuningAnswer,
    leadsTo: { 'search_tunings/:tool_slug': 'tool_slug' },
    errors: ['tool_not_found'],
    example: { body: { aliases: ['file a bug', 'raise a ticket'], boost: 1.2 } },
  })
  @Put(':tool_slug')
  async set(
    @ProjectId() projectId: string,
    @Param('tool_slug', new Wire(ToolSlug)) toolSlug: string,
    @Body(new Wire(TuningBody)) { aliases, boost }: z.output<typeof TuningBody>,
  ) {
    return presentTuning(await this.bus.request(setToolTuning, { projectId, toolSlug, aliases, boost }));
  }

  @Describe({
    id: 'deleteSearchTuning',
    summary: 'Say nothing more of a tool for searching',
    path: TOOL,
    answer: DeletionAnswer,
    errors: ['not_found'],
  })
  @Delete(':tool_slug')
  async delete(@ProjectId() projectId: string, @Param('tool_slug', new Wire(ToolSlug)) toolSlug: string) {
    const gone = await this.bus.request(deleteToolTuning, { projectId, toolSlug });
    return { tool_slug: gone.toolSlug, deleted: true as const };
  }
}
