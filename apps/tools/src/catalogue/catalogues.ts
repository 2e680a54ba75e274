import { Injectable } from '@nestjs/common';
import { Catalogue } from './catalogue.js';
import { ProjectCatalogue } from './project.catalogue.js';

/** The catalogue of each project. */
@Injectable()
export class Catalogues {
  private readonly shipped: ProjectCatalogue;

  constructor(shipped: Catalogue) {
    this.shipped = new ProjectCatalogue([shipped]);
  }

  async of(_projectId: string): Promise<ProjectCatalogue> {
    return this.shipped;
  }
}
