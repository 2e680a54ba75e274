import type { JsonSchema } from '@patchbay/contracts';
import { ImportRefusal } from '../../src/openapi/document.js';
import { importOpenApi, type ImportOptions } from '../../src/openapi/import.js';
import type { HttpTool } from '../../src/toolkit.js';

export type Part = Record<string, unknown>;

export function documentOf(paths: Part, more: Part = {}): Part {
  return {
    openapi: '3.0.3',
    info: { title: 'Acme', description: 'Sells **anvils**.' },
    servers: [{ url: 'https://api.acme.example/v1/' }],
    paths,
    ...more,
  };
}

export function take(paths: Part, more: Part = {}, options: Partial<ImportOptions> = {}) {
  return importOpenApi(documentOf(paths, more), { slug: 'acme', ...options });
}

/** The one tool that comes of an operation, and its arguments. */
export function toolOf(operation: Part, more: Part = {}, method = 'post', path = '/things') {
  const outcome = take({ [path]: { [method]: operation } }, more);
  const [tool] = outcome.toolkit.tools as HttpTool[];
  if (!tool) throw new Error(JSON.stringify(outcome.refused));
  return { tool, args: (tool.input as JsonSchema)['properties'] as Record<string, JsonSchema>, outcome };
}

export function bodyOf(schema: Part, components: Part = {}) {
  const operation = { requestBody: { content: { 'application/json': { schema } } } };
  return toolOf(operation, { components: { schemas: components } });
}

export function refusalOf(act: () => unknown): { place: string; reason: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof ImportRefusal) return { place: error.place, reason: error.reason };
    throw error;
  }
  throw new Error('nothing was refused');
}
