import { Injectable } from '@nestjs/common';
import { listToolkits, type CustomTools, type NamedCustomTools } from '@patchbay/contracts';
import { Bus } from '@patchbay/service';
import { invalidCustomTools, nameCustomTools } from './name-custom-tools.js';

/** Custom tools come with each request that needs them; they are named and checked, and never stored. */
@Injectable()
export class CustomToolsService {
  constructor(private readonly bus: Bus) {}

  /** @throws AppError `invalid_request` for a slug of a toolkit that exists, or an extended one that does not */
  async name(projectId: string, given: CustomTools): Promise<NamedCustomTools> {
    const named = nameCustomTools(given);
    const extended = given.tools.flatMap(({ extendsToolkit }) => extendsToolkit?.toLowerCase() ?? []);
    const own = given.toolkits.map(({ slug }) => slug.toLowerCase());
    const slugs = [...new Set([...extended, ...own])];
    if (slugs.length === 0) return named;
    const { items } = await this.bus.request(listToolkits, { projectId, slugs, limit: slugs.length });
    const known = new Set(items.map(({ slug }) => slug));
    const issues = [
      ...extended.filter((slug) => !known.has(slug)).map((slug) => `there is no toolkit ${slug} to extend`),
      ...own.filter((slug) => known.has(slug)).map((slug) => `there is a toolkit ${slug} already`),
    ];
    if (issues.length > 0) throw invalidCustomTools(issues);
    return named;
  }
}
