import { describe, expect, it } from '@jest/globals';
import { Toolkit, ToolDefinition } from '@patchbay/contracts';
import { installedToolkits, SHIPPED_TOOLKITS, type InstalledToolkit } from '@patchbay/toolkits';
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
      expect(slug).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(toolkit.version).toMatch(/^\d{8}_\d{2}$/);
      expect(toolkit.logo).toMatch(/^(data:image\/|https:)/);
      expect(toolkit.description).not.toBe('');
      expect(toolkit.categories).not.toEqual([]);
      expect(toolkit.toolCount).toBeGreaterThan(0);
    },
  );

  it.each(SHIPPED_TOOLKITS.map(({ slug, tools }) => [slug, tools] as const))(
    '%s says which of its tools are important',
    (_, tools) => expect(tools.some(({ tags }) => tags.includes('important'))).toBe(true),
  );

  it('has no managed auth before the operator gave it an app', () => {
    expect(catalogue.toolkits.flatMap(({ managedAuthSchemes }) => managedAuthSchemes)).toEqual([]);
  });
});

describe('a shipped tool', () => {
  it.each(definitions.map((tool) => [tool.slug, tool] as const))('%s can be shown', (slug, tool) => {
    expect(ToolDefinition.parse(tool)).toEqual(tool);
    expect(slug).toMatch(/^[A-Z][A-Z0-9_]*$/);
    expect(slug.startsWith(`${tool.toolkit.slug.toUpperCase()}_`)).toBe(true);
    expect(tool.name).not.toBe('');
    expect(tool.description).toMatch(/^[A-Z].{20,}\.$/);
    expect(new Set(tool.tags).size).toBe(tool.tags.length);
  });

  it.each(definitions.map((tool) => [tool.slug, tool] as const))(
    '%s has schemas that any client can read',
    (_, { inputSchema, outputSchema }) => {
      for (const schema of [inputSchema, outputSchema]) {
        expect(schema).toMatchObject({ type: 'object' });
        const parts = everything(schema);
        expect(parts.filter(([key]) => key === '$ref' || key === '$schema')).toEqual([]);
        expect(parts.filter(([key, value]) => key === 'title' && value === null)).toEqual([]);
      }
    },
  );

  it.each(definitions.map((tool) => [tool.slug, tool.inputSchema] as const))(
    '%s describes each of its arguments',
    (_, { properties }) => {
      for (const argument of Object.values(properties as Record<string, object>)) {
        expect(argument).toMatchObject({ description: expect.stringMatching(/\S/) });
      }
    },
  );

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
      ...(toolkit.auth?.some(({ scheme }) => scheme === 'OAUTH2') && {
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
