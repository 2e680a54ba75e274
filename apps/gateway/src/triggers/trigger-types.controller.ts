import { Controller, Get, Param, Query } from '@nestjs/common';
import {
  getTriggerType,
  listTriggerSlugs,
  listTriggerTypes,
  ToolVersions,
  TriggerSlug,
} from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { z } from 'zod';
import { AccessFor, Area, ProjectId } from '../access/index.js';
import {
  ApiTag,
  Describe,
  pageAnswer,
  pageQuery,
  presentPage,
  queryList,
  queryWith,
  Wire,
} from '../http/index.js';
import { TriggerTypeAnswer } from './trigger-type.answer.js';
import { presentTriggerType } from './trigger-type.presenter.js';

const versions = {
  toolkit_versions: z.union([z.literal('').transform(() => undefined), ...ToolVersions.options]).optional(),
};
const ListQuery = queryWith('toolkit_versions', {
  ...pageQuery(1000),
  toolkit_slugs: queryList,
  ...versions,
});
const TypeQuery = queryWith('toolkit_versions', versions);

/** What can be told of: the trigger types of the catalogue. */
@Controller('triggers_types')
@AccessFor('project')
@Area('triggers', 'read')
@ApiTag('Triggers')
export class TriggerTypesController {
  constructor(private readonly bus: Bus) {}

  @Describe({
    id: 'listTriggerTypes',
    summary: 'List trigger types',
    description:
      'Toolkits are joined by commas. Types of a toolkit without the version asked for are left out.',
    answer: pageAnswer(TriggerTypeAnswer),
    leadsTo: { 'trigger_instances/:slug': 'items.0.slug' },
  })
  @Get()
  async list(@ProjectId() projectId: string, @Query(new Wire(ListQuery)) query: z.output<typeof ListQuery>) {
    const { limit, cursor, toolkit_slugs: toolkits, toolkit_versions: wanted } = query;
    const input = { projectId, toolkits, versions: wanted, limit, cursor };
    return presentPage(await this.bus.request(listTriggerTypes, input), limit, presentTriggerType);
  }

  @Describe({
    id: 'listTriggerTypeSlugs',
    summary: 'List the slugs of all trigger types',
    answer: z.array(z.string()),
  })
  @Get('list/enum')
  slugs(@ProjectId() projectId: string) {
    return this.bus.request(listTriggerSlugs, { projectId });
  }

  @Describe({
    id: 'getTriggerType',
    summary: 'Get a trigger type',
    path: { slug: 'Its slug, in either case, or one that it had before.' },
    answer: TriggerTypeAnswer,
    errors: ['trigger_type_not_found'],
  })
  @Get(':slug')
  async get(
    @ProjectId() projectId: string,
    @Param('slug', new Wire(TriggerSlug)) slug: string,
    @Query(new Wire(TypeQuery)) { toolkit_versions: wanted }: z.output<typeof TypeQuery>,
  ) {
    return presentTriggerType(await this.bus.request(getTriggerType, { projectId, slug, versions: wanted }));
  }
}
