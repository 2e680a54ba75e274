import { Injectable } from '@nestjs/common';
import { OwnCatalogues } from '../project-toolkits/own.catalogues.js';
import { ReleasesService } from '../releases/releases.service.js';
import { Catalogue } from './catalogue.js';
import { ProjectCatalogue } from './project.catalogue.js';

/** The catalogue of each project. */
@Injectable()
export class Catalogues {
  private readonly shipped: ProjectCatalogue;

  constructor(
    shipped: Catalogue,
    private readonly own: OwnCatalogues,
    private readonly releases: ReleasesService,
  ) {
    this.shipped = new ProjectCatalogue([{ catalogue: shipped }]);
  }

  /** @param at the moment whose versions of the toolkits are meant; without it the newest ones */
  async of(projectId: string, at?: string): Promise<ProjectCatalogue> {
    const [shipped, own] = await Promise.all([
      at ? this.releases.at(at) : this.shipped.parts,
      this.own.of(projectId, at),
    ]);
    if (own) return new ProjectCatalogue([...shipped, { catalogue: own }]);
    return shipped.length === 1 ? this.shipped : new ProjectCatalogue(shipped);
  }
}
