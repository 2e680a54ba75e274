import { Inject, Injectable } from '@nestjs/common';
import { AppError } from '@patchbay/contracts';
import type { InstalledToolkit } from '@patchbay/toolkits';
import { TOOLKITS } from '../tokens.js';

/** How each toolkit of this installation authenticates. */
@Injectable()
export class ToolkitRegistry {
  private readonly bySlug: Map<string, InstalledToolkit>;

  constructor(@Inject(TOOLKITS) toolkits: readonly InstalledToolkit[]) {
    this.bySlug = new Map(toolkits.map((toolkit) => [toolkit.slug, toolkit]));
  }

  get(slug: string): InstalledToolkit {
    const toolkit = this.bySlug.get(slug);
    if (!toolkit) throw new AppError('toolkit_not_found', `There is no toolkit ${slug}.`);
    return toolkit;
  }

  /** What people see of it. */
  view(slug: string): { slug: string; name: string; logo: string } {
    const { name, logo } = this.get(slug);
    return { slug, name, logo };
  }
}
