import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import {
  beginIncident,
  getIncident,
  idSchema,
  IncidentAct,
  incidentIssues,
  listIncidents,
  ToolkitSlug,
  UserId,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor } from '../access/index.js';
import { ApiTag, Describe, pageQuery, PathId, presentPage, Wire } from '../http/index.js';
import { IncidentAnswer, IncidentsAnswer } from './incident.answer.js';
import { presentIncident } from './incident.presenter.js';

const WIRE_NAMES = { userId: 'user_id', acts: 'acts' } as const;

/** Strict, and the whole organisation only when that is said: a scope that is left out or misspelt is none. */
const ScopeBody = z.strictObject({
  all: z.literal(true).optional().describe('Of the whole organisation; in place of a narrower scope.'),
  project_id: idSchema('project').optional().describe('Only in this project.'),
  user_id: UserId.optional().describe('Only of this user of the project.'),
  toolkit_slug: ToolkitSlug.optional().describe('Only accounts at this toolkit.'),
  acts: z
    .array(IncidentAct)
    .min(1)
    .max(3)
    .default(['accounts'])
    .describe(
      '`accounts`: connected accounts. `access`: admitted MCP clients. `keys`: API keys of projects.',
    ),
  reason: z.string().max(300).optional().describe('For the audit.'),
});
const BeginBody = ScopeBody.superRefine((body, context) => {
  const { all, project_id: projectId, user_id: userId, toolkit_slug: toolkit, acts } = body;
  const isNarrow = Boolean(projectId ?? userId ?? toolkit);
  const say = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  if (isNarrow === Boolean(all))
    say('all', 'say what is revoked: project_id, user_id or toolkit_slug, or all of the organisation');
  for (const [field, message] of incidentIssues({ projectId, userId, toolkit, acts }))
    say(WIRE_NAMES[field], message);
});
const ListQuery = z.object(pageQuery(50));

/** Much is revoked at once, when something has leaked (docs/api/incidents.md). Ours. */
@Controller('org/incidents')
@AccessFor('organisation')
@ApiTag('Organisation')
export class IncidentsController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'beginIncident',
    summary: 'Revoke much at once',
    description:
      'Begins to revoke everything in the scope, in the background. While one with the same scope and acts runs, the answer is that one.',
    answer: IncidentAnswer,
    errors: ['not_found'],
    example: { body: { toolkit_slug: 'github', reason: 'tokens in a public log' } },
  })
  @Post()
  async begin(@Body(new Wire(BeginBody)) body: z.output<typeof BeginBody>) {
    const { project_id: projectId, user_id: userId, toolkit_slug: toolkit, acts, reason } = body;
    return presentIncident(
      await this.bus.request(beginIncident, { projectId, userId, toolkit, acts, reason }),
    );
  }

  @Describe({ id: 'listIncidents', summary: 'List incidents', answer: IncidentsAnswer })
  @Get()
  async list(@Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    return presentPage(await this.bus.request(listIncidents, query), query.limit, presentIncident);
  }

  @Describe({
    id: 'getIncident',
    summary: 'See how far an incident has come',
    path: { id: 'The incident, `inc_…`.' },
    answer: IncidentAnswer,
    errors: ['not_found'],
  })
  @Get(':id')
  async get(@PathId('id', 'incident') id: string) {
    return presentIncident(await this.bus.request(getIncident, { id }));
  }
}
