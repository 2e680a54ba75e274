import { z } from 'zod';
import { functionTool, type ToolSpec } from '../toolkit.js';
import { path, ToolFailure, type ToolHttp } from '../tool-runtime.js';
import { databaseId, NotionObject } from './fields.js';
import { PropertyValue, toProperties } from './property-values.js';

const Rows = z.looseObject({ results: z.array(z.looseObject({ id: z.string() })) });

/** Kinds of columns that tell rows apart, and what Notion's filters for equality of them take. */
const COMPARED: Record<string, (value: string) => unknown> = {
  title: String,
  rich_text: String,
  select: String,
  status: String,
  url: String,
  email: String,
  phone_number: String,
  number: Number,
};

async function findRow(
  http: ToolHttp,
  database: string,
  key: z.output<typeof PropertyValue>,
): Promise<string[]> {
  const compared = COMPARED[key.type];
  if (!compared)
    throw new ToolFailure(`A ${key.type} cannot tell rows apart: ${Object.keys(COMPARED).join(', ')} can.`);
  const filter = { property: key.name, [key.type]: { equals: compared(key.value) } };
  const found = await http.request({
    method: 'POST',
    url: path`/v1/databases/${database}/query`,
    body: { json: { filter, page_size: 2 } },
  });
  return Rows.parse(found).results.map(({ id }) => id);
}

export const upsertingTools: ToolSpec[] = [
  functionTool({
    slug: 'NOTION_UPSERT_ROW_DATABASE',
    name: 'Upsert database rows',
    description:
      'Writes rows of a database by a key column: a row whose key is there already is changed, others are added.',
    input: z.object({
      database_id: databaseId,
      key_property: z.string().min(1).describe('Name of the column that tells rows apart.'),
      rows: z
        .array(
          z.object({ properties: z.array(PropertyValue).min(1).describe('Values, the key among them.') }),
        )
        .min(1)
        .max(25)
        .describe('The rows, 25 at most.'),
    }),
    output: z.object({
      rows: z.array(z.object({ id: z.string(), action: z.enum(['updated', 'created']) })),
    }),
    tags: ['idempotentHint', 'destructiveHint'],
    run: async ({ database_id, key_property, rows }, { http }) => {
      const keys = rows.map(({ properties }) => properties.find(({ name }) => name === key_property));
      const lacking = keys.findIndex((key) => key === undefined);
      if (lacking >= 0)
        throw new ToolFailure(`Invalid request data provided: rows[${lacking}] has no ${key_property}`);
      const done: { id: string; action: 'updated' | 'created' }[] = [];
      // One after the other: a key that comes twice is one row, and Notion takes three requests a second.
      for (const [index, { properties }] of rows.entries()) {
        const key = keys[index];
        const [id, second] = key ? await findRow(http, database_id, key) : [];
        if (second)
          throw new ToolFailure(
            `Row ${index + 1} was not written: several have the ${key_property} ${key?.value}. Those before it were.`,
          );
        const page = await http.request({
          method: id ? 'PATCH' : 'POST',
          url: id ? path`/v1/pages/${id}` : '/v1/pages',
          body: {
            json: { ...(id ? {} : { parent: { database_id } }), properties: toProperties(properties) ?? {} },
          },
        });
        done.push({ id: NotionObject.parse(page).id, action: id ? 'updated' : 'created' });
      }
      return { rows: done };
    },
  }),
];
