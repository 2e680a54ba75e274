import { Injectable } from '@nestjs/common';
import { ProjectToolkitCatalogues } from '../project-toolkits/index.js';
import { ReleasesService } from '../releases/index.js';
import { Catalogue, ProjectCatalogue, type VersionChoice } from '../toolkits/index.js';

/** The catalogue of each project. */
@Injectable()
export class ProjectCatalogues {
  private readonly shipped: ProjectCatalogue;
  private readonly replacedBy = new WeakMap<Catalogue, ReadonlySet<string>>();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly own: ProjectToolkitCatalogues,
    private readonly releases: ReleasesService,
  ) {
    this.shipped = new ProjectCatalogue([{ catalogue }]);
  }

  async of(projectId: string, choice: VersionChoice = {}): Promise<ProjectCatalogue> {
    const { at } = choice;
    const [shipped, own] = await Promise.all([
      at ? this.releases.at(at) : this.shipped.parts,
      this.own.of(projectId, choice),
    ]);
    if (!own) return shipped.length === 1 ? this.shipped : new ProjectCatalogue(shipped);
    const replaced = this.replaced(own);
    if (replaced.size === 0) return new ProjectCatalogue([...shipped, { catalogue: own }]);
    const others = shipped.map(({ catalogue, without }) => ({
      catalogue,
      without: new Set([...(without ?? []), ...replaced]),
    }));
    return new ProjectCatalogue([...others, { catalogue: own }]);
  }

  /**
   * The toolkits that ship and that the project has in their place: vendors' MCP servers as it has read them, and what it
   * had added before one of the same slug shipped.
   */
  private replaced(own: Catalogue): ReadonlySet<string> {
    const known = this.replacedBy.get(own);
    if (known) return known;
    const found = own.toolkits.filter(
      ({ slug, quality }) => quality?.grade === 'vendor_mcp' || this.catalogue.toolkit(slug)?.awaitsAccount,
    );
    const slugs = new Set(found.map(({ slug }) => slug));
    this.replacedBy.set(own, slugs);
    return slugs;
  }
}
