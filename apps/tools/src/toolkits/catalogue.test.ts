import { describe, expect, it } from 'vitest';
import { Toolkit, ToolDefinition } from '@patchbay/contracts';
import {
  argumentTextsOf,
  findBreaches,
  installedToolkits,
  SHIPPED_TOOLKITS,
  type InstalledToolkit,
} from '@patchbay/toolkits';
import { Catalogue } from './catalogue.js';

const catalogue = new Catalogue(await installedToolkits({}));
const definitions = catalogue.entries.map(({ definition }) => definition);

/** Every key that stands anywhere in it, with its value. */
function everything(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [key, inner] as [string, unknown],
    ...everything(inner),
  ]);
}

describe('a shipped toolkit', () => {
  it.each(catalogue.toolkits.map((toolkit) => [toolkit.slug, toolkit] as const))(
    '%s is described in full',
    (slug, toolkit) => {
      expect(Toolkit.parse(toolkit)).toEqual(toolkit);
      expect(slug).toMatch(/^[a-z_][a-z0-9_]*$/);
      expect(toolkit.version).toMatch(/^\d{8}_\d{2}$/);
      expect(toolkit.logo).toMatch(/^(data:image\/|https:)/);
      expect(toolkit.description).not.toBe('');
      expect(toolkit.categories).not.toEqual([]);
      // The tools of a vendor's server are each project's to read.
      expect(toolkit.toolCount > 0).toBe(!toolkit.awaitsAccount);
      expect(toolkit.quality).toBeDefined();
    },
  );

  it.each(SHIPPED_TOOLKITS.filter(({ server }) => !server).map(({ slug, tools }) => [slug, tools] as const))(
    '%s says which of its tools are important',
    (_, tools) => expect(tools.some(({ tags }) => tags.includes('important'))).toBe(true),
  );

  it('has no managed auth before the operator gave it an app', () => {
    expect(catalogue.toolkits.flatMap(({ managedAuthSchemes }) => managedAuthSchemes)).toEqual([]);
  });
});

/** The tools of which something is not so, each with what it is. */
function failing(whatIsWrong: (tool: ToolDefinition) => unknown): string[] {
  return definitions.flatMap((tool) => {
    const wrong = whatIsWrong(tool);
    return wrong ? [`${tool.slug}: ${JSON.stringify(wrong)}`] : [];
  });
}

describe('a shipped tool', () => {
  it('has a slug, a name, words and tags to be shown with', () => {
    expect(
      failing(({ slug, toolkit, name, description, tags }) => {
        if (!/^[A-Z][A-Z0-9_]*$/.test(slug) || !slug.startsWith(`${toolkit.slug.toUpperCase()}_`))
          return slug;
        if (name === '' || !/^[A-Z].{20,}\.$/.test(description)) return { name, description };
        return new Set(tags).size !== tags.length && tags;
      }),
    ).toEqual([]);
  });

  it('is as the contract has it', () => {
    expect(failing((tool) => ToolDefinition.safeParse(tool).error?.message)).toEqual([]);
  });

  it('has arguments that every provider of models takes', () => {
    expect(failing(({ slug, inputSchema }) => findBreaches(slug, inputSchema)[0])).toEqual([]);
  });

  it('has an answer that any client can read', () => {
    expect(
      failing(({ outputSchema }) => {
        if (outputSchema['type'] !== 'object') return outputSchema;
        return everything(outputSchema).find(([key]) => key === '$ref' || key === '$schema');
      }),
    ).toEqual([]);
  });

  it('is said to have the arguments of its schema', () => {
    for (const { spec, definition } of catalogue.entries) {
      const properties = Object.keys(definition.inputSchema['properties'] as object);
      expect([
        spec.slug,
        argumentTextsOf(spec)
          .map(([name]) => name)
          .toSorted(),
      ]).toEqual([spec.slug, properties.toSorted()]);
    }
  });

  it('describes each of its arguments', () => {
    expect(
      failing(({ inputSchema }) =>
        Object.entries(inputSchema['properties'] as Record<string, { description?: string }>).find(
          ([, { description }]) => !description?.trim(),
        ),
      ),
    ).toEqual([]);
  });

  it('has an argument for each place of its path and each name of its query', () => {
    for (const { spec, definition } of catalogue.entries) {
      if (spec.kind !== 'http') continue;
      const places = [...spec.path.matchAll(/\{\+?(\w+)\}/g)].map(([, name]) => name);
      const { properties, required = [] } = definition.inputSchema as {
        properties: object;
        required?: string[];
      };
      expect(Object.keys(properties)).toEqual(
        expect.arrayContaining([...places, ...(spec.query ?? []), ...Object.keys(spec.places ?? {})]),
      );
      // A place that may be left out would read "undefined".
      expect(required).toEqual(expect.arrayContaining(places));
    }
  });
});

describe('Catalogue', () => {
  it('refuses two tools of one slug', () => {
    const [toolkit] = SHIPPED_TOOLKITS as readonly InstalledToolkit[];
    if (!toolkit) throw new Error('nothing ships');
    expect(() => new Catalogue([toolkit, { ...toolkit, slug: 'other' }])).toThrow('same slug');
  });

  it('names the schemes for which the operator gave an app', () => {
    const installed = SHIPPED_TOOLKITS.map((toolkit) => ({
      ...toolkit,
      ...((toolkit.server ?? toolkit).auth?.some(({ scheme }) => scheme === 'OAUTH2') && {
        managedApp: { clientId: 'app', clientSecret: undefined },
      }),
    }));
    const { toolkits } = new Catalogue(installed);
    const withOAuth = toolkits.filter(({ auth }) => auth.some(({ scheme }) => scheme === 'OAUTH2'));
    expect(withOAuth.length).toBeGreaterThan(0);
    for (const toolkit of toolkits) {
      expect(toolkit.managedAuthSchemes).toEqual(withOAuth.includes(toolkit) ? ['OAUTH2'] : []);
    }
  });
});
