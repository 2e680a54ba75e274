import { z } from 'zod';
import { requestTool, type FunctionTool } from '../toolkit.js';
import { path } from '../tool-runtime.js';

export const CrmObject = z.looseObject({ id: z.string(), properties: z.looseObject({}).optional() });
const Page = z.looseObject({
  results: z.array(CrmObject),
  paging: z.looseObject({ next: z.looseObject({ after: z.string() }).optional() }).nullish(),
});
const Found = Page.extend({ total: z.int().optional() });

const names = (what: string) => z.array(z.string()).optional().describe(what);
const reading = {
  properties: names('Which properties to tell; without it, a few.'),
  propertiesWithHistory: names('Properties to tell with the values that they had before.'),
  associations: names('Kinds of objects whose links to it are told, such as companies.'),
  archived: z.boolean().default(false).describe('Whether archived ones are meant.'),
};
export const associations = z
  .array(
    z.object({
      to: z.looseObject({ id: z.string().describe('Id of the other object.') }).describe('The other object.'),
      types: z
        .array(
          z.object({
            associationCategory: z.string().describe('HUBSPOT_DEFINED, or USER_DEFINED.'),
            associationTypeId: z.int().describe('Number of the kind of link.'),
          }),
        )
        .describe('What kind of link it is.'),
    }),
  )
  .optional()
  .describe('Objects that it is linked to.');
const custom = z.record(z.string(), z.unknown()).optional().describe('More properties, by name.');

/** Paging and lists as HubSpot's query has them: names joined by commas. */
const joined = ({
  properties,
  propertiesWithHistory,
  associations: linked,
  ...rest
}: z.output<z.ZodObject<typeof reading>>) => ({
  ...rest,
  properties: properties?.join(','),
  propertiesWithHistory: propertiesWithHistory?.join(','),
  associations: linked?.join(','),
});

export interface CrmKind {
  /** In the address, such as `contacts`. */
  type: string;
  /** One of them, in words. */
  one: string;
  /** Its id among the arguments. */
  id: string;
  scope: string;
}

export const read = ({ scope }: CrmKind) => [`crm.objects.${scope}.read`];
export const write = ({ scope }: CrmKind) => [`crm.objects.${scope}.write`];

export function createTool(
  slug: string,
  kind: CrmKind,
  properties: z.ZodRawShape,
  tags: string[] = [],
): FunctionTool {
  return requestTool({
    slug,
    name: `Create ${kind.one}`,
    description: `Makes a new ${kind.one} in the CRM, with properties and links to other objects.`,
    input: z.object({ ...properties, custom_properties: custom, associations }),
    output: CrmObject,
    tags,
    scopes: write(kind),
    request: ({ custom_properties, associations: linked, ...given }) => ({
      method: 'POST',
      url: `/crm/v3/objects/${kind.type}`,
      body: {
        json: { properties: { ...given, ...(custom_properties as object) }, associations: linked ?? [] },
      },
    }),
  });
}

export function getTool(slug: string, kind: CrmKind): FunctionTool {
  return requestTool({
    slug,
    name: `Read ${kind.one}`,
    description: `Reads one ${kind.one} by its id, with the properties and links asked for.`,
    input: z.object({ [kind.id]: z.string().min(1).describe(`Id of the ${kind.one}.`), ...reading }),
    output: CrmObject,
    tags: ['readOnlyHint'],
    scopes: read(kind),
    request: (given) => {
      const { [kind.id]: id, ...rest } = given as Record<string, unknown>;
      return {
        method: 'GET',
        url: `/crm/v3/objects/${kind.type}${path`/${id as string}`}`,
        query: joined(rest as z.output<z.ZodObject<typeof reading>>),
      };
    },
  });
}

export function updateTool(slug: string, kind: CrmKind): FunctionTool {
  return requestTool({
    slug,
    name: `Update ${kind.one}`,
    description: `Changes properties of a ${kind.one}; those left out stay.`,
    input: z.object({
      [kind.id]: z.string().min(1).describe(`Id of the ${kind.one}.`),
      properties: z.record(z.string(), z.unknown()).describe('New values, by the name of the property.'),
    }),
    output: CrmObject,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: write(kind),
    request: ({ [kind.id]: id, properties }) => ({
      method: 'PATCH',
      url: `/crm/v3/objects/${kind.type}${path`/${id as string}`}`,
      body: { json: { properties } },
    }),
  });
}

export function listTool(slug: string, kind: CrmKind, limit: number): FunctionTool {
  return requestTool({
    slug,
    name: `List ${kind.type}`,
    description: `Lists the ${kind.type} of the CRM, page by page.`,
    input: z.object({
      limit: z.int().min(1).max(100).default(limit).describe('How many at most.'),
      after: z.string().optional().describe('`paging.next.after` of the page before.'),
      ...reading,
    }),
    output: Page,
    tags: ['readOnlyHint'],
    scopes: read(kind),
    request: ({ limit: most, after, ...rest }) => ({
      method: 'GET',
      url: `/crm/v3/objects/${kind.type}`,
      query: { limit: most, after, ...joined(rest) },
    }),
  });
}

export const searching = {
  query: z.string().optional().describe('Words to find in the most important properties.'),
  filterGroups: z
    .array(
      z.looseObject({
        filters: z
          .array(z.looseObject({}))
          .describe('Conditions that must all hold: propertyName, operator, value.'),
      }),
    )
    .optional()
    .describe(
      'Groups of conditions, of which one must hold, such as [{"filters": [{"propertyName": "email", "operator": "EQ", "value": "ann@example.com"}]}].',
    ),
  properties: names('Which properties to tell.'),
  sorts: z
    .array(
      z.looseObject({
        propertyName: z.string().describe('Property to sort by.'),
        direction: z.enum(['ASCENDING', 'DESCENDING']).describe('Smallest or largest first.'),
      }),
    )
    .optional()
    .describe('What to sort by.'),
  limit: z.int().min(1).max(200).default(5).describe('How many at most.'),
  after: z.string().optional().describe('`paging.next.after` of the page before.'),
};

export function searchTool(slug: string, kind: CrmKind, tags: string[] = []): FunctionTool {
  return requestTool({
    slug,
    name: `Search ${kind.type}`,
    description: `Finds ${kind.type} by words or by conditions on their properties.`,
    input: z.object({ ...searching, custom_properties: names('More properties to tell.') }),
    output: Found,
    tags: ['readOnlyHint', ...tags],
    scopes: read(kind),
    request: ({ custom_properties, properties, ...json }) => ({
      method: 'POST',
      url: `/crm/v3/objects/${kind.type}/search`,
      body: {
        json: {
          ...json,
          properties:
            properties || custom_properties
              ? [...(properties ?? []), ...(custom_properties ?? [])]
              : undefined,
        },
      },
    }),
  });
}
