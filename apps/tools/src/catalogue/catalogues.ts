import { Injectable } from '@nestjs/common';
import { OwnCatalogues } from '../project-toolkits/own.catalogues.js';
import { ReleasesService } from '../releases/releases.service.js';
import { Catalogue } from './catalogue.js';
import { ProjectCatalogue } from './project.catalogue.js';
import type { VersionChoice } from './tool-versions.js';

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

  async of(projectId: string, choice: VersionChoice = {}): Promise<ProjectCatalogue> {
    const { at } = choice;
    const [shipped, own] = await Promise.all([
      at ? this.releases.at(at) : this.shipped.parts,
      this.own.of(projectId, choice),
    ]);
    if (own) return new ProjectCatalogue([...shipped, { catalogue: own }]);
    return shipped.length === 1 ? this.shipped : new ProjectCatalogue(shipped);
  }
}
