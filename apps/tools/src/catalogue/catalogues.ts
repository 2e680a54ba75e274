import { Injectable } from '@nestjs/common';
import { OwnCatalogues } from '../project-toolkits/own.catalogues.js';
import { Catalogue } from './catalogue.js';
import { ProjectCatalogue } from './project.catalogue.js';

/** The catalogue of each project. */
@Injectable()
export class Catalogues {
  private readonly shipped: ProjectCatalogue;

  constructor(
    shipped: Catalogue,
    private readonly own: OwnCatalogues,
  ) {
    this.shipped = new ProjectCatalogue([shipped]);
  }

  /** @param at the moment whose versions of the project's own toolkits are meant; without it the newest ones */
  async of(projectId: string, at?: string): Promise<ProjectCatalogue> {
    const own = await this.own.of(projectId, at);
    return own ? new ProjectCatalogue([...this.shipped.parts, own]) : this.shipped;
  }
}
