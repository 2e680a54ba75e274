import { distractors } from './distractors.mjs';
import { catalogueOf } from './subjects.mjs';

/**
 * Toolkits of an operator's own, with which an installation has so many tools: what ships, and made-up ones.
 * @param {number} size
 */
export function crowdOf(size) {
  const shipped = catalogueOf();
  const made = distractors(shipped, Math.max(0, size - shipped.length));
  const byToolkit = Map.groupBy(made, ({ toolkit }) => toolkit.slug);
  return [...byToolkit.values()].map((entries) => ({
    slug: entries[0].toolkit.slug,
    name: entries[0].toolkit.name,
    description: `Tools of ${entries[0].toolkit.name}.`,
    logo: 'https://bench.example/logo.svg',
    categories: [],
    version: '20261130_00',
    baseUrl: 'https://bench.example',
    tools: entries.map(({ definition, spec }) => ({
      ...spec,
      aliases: [],
      slug: definition.slug,
      name: definition.name,
      description: definition.description,
    })),
  }));
}
