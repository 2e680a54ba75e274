import { Inject, Injectable } from '@nestjs/common';
import { AppError, type AuthScheme } from '@patchbay/contracts';
import type { AuthSpec, InstalledToolkit } from '@patchbay/toolkits';
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

  /** @throws AppError when the toolkit does not take the scheme */
  spec(slug: string, scheme: AuthScheme): AuthSpec {
    const { auth = [], name } = this.get(slug);
    const spec = auth.find((candidate) => candidate.scheme === scheme);
    if (spec) return spec;
    const taken = auth.map((candidate) => candidate.scheme).join(', ') || 'no account at all';
    throw new AppError('invalid_request', `${name} does not take ${scheme}; it takes ${taken}.`, {
      issues: [`authScheme: must be one of ${taken}`],
    });
  }

  /** What people see of it. */
  view(slug: string): { slug: string; name: string; logo: string } {
    const { name, logo } = this.get(slug);
    return { slug, name, logo };
  }
}
