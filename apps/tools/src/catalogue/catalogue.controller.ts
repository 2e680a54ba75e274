import { Controller } from '@nestjs/common';
import {
  checkSlugs,
  findTools,
  getTool,
  getToolkit,
  listSlugs,
  listToolkits,
  listTools,
  recommendScopes,
  searchTools,
  type InputOf,
  type OutputOf,
} from '@patchbay/contracts';
import { Handle } from '@patchbay/service';
import { CatalogueService } from './catalogue.service.js';

@Controller()
export class CatalogueController {
  constructor(private readonly catalogue: CatalogueService) {}

  @Handle(listToolkits)
  async listToolkits(input: InputOf<typeof listToolkits>): Promise<OutputOf<typeof listToolkits>> {
    return this.catalogue.listToolkits(input);
  }

  @Handle(getToolkit)
  async getToolkit(input: InputOf<typeof getToolkit>): Promise<OutputOf<typeof getToolkit>> {
    return this.catalogue.getToolkit(input);
  }

  @Handle(recommendScopes)
  recommendScopes(input: InputOf<typeof recommendScopes>): Promise<OutputOf<typeof recommendScopes>> {
    return this.catalogue.recommendScopes(input);
  }

  @Handle(listTools)
  async listTools(input: InputOf<typeof listTools>): Promise<OutputOf<typeof listTools>> {
    return this.catalogue.listTools(input);
  }

  @Handle(listSlugs)
  listSlugs(input: InputOf<typeof listSlugs>): Promise<OutputOf<typeof listSlugs>> {
    return this.catalogue.slugs(input.projectId);
  }

  @Handle(getTool)
  async getTool(input: InputOf<typeof getTool>): Promise<OutputOf<typeof getTool>> {
    const { projectId, slug, versions } = input;
    return (await this.catalogue.entry(projectId, slug, { versions })).definition;
  }

  @Handle(checkSlugs)
  async check(input: InputOf<typeof checkSlugs>): Promise<OutputOf<typeof checkSlugs>> {
    return this.catalogue.check(input);
  }

  @Handle(searchTools)
  async search(input: InputOf<typeof searchTools>): Promise<OutputOf<typeof searchTools>> {
    return this.catalogue.search(input);
  }

  @Handle(findTools)
  async find(input: InputOf<typeof findTools>): Promise<OutputOf<typeof findTools>> {
    return this.catalogue.find(input);
  }
}
