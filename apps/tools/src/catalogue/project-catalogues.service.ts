import { Injectable } from '@nestjs/common';
import { ProjectToolkitCatalogues } from '../project-toolkits/index.js';
import { ReleasesService } from '../releases/index.js';
import { Catalogue, ProjectCatalogue, type VersionChoice } from '../toolkits/index.js';

/** The catalogue of each project. */
@Injectable()
export class ProjectCatalogues {
  private readonly shipped: ProjectCatalogue;

  constructor(
    shipped: Catalogue,
    private readonly own: ProjectToolkitCatalogues,
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
