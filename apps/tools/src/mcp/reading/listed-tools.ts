import { isDeepValue, MAX_JSON_DEPTH, TOOL_HINTS } from '@patchbay/contracts';
import { isRecord, textOf, withoutEmptyList } from './values.js';

/** A tool as its server lists it, brought to what the protocol has. */
export interface ListedTool {
  /** Where it stands in the list. */
  index: number;
  name: string;
  title?: string | undefined;
  description?: string | undefined;
  inputSchema: Record<string, unknown> & { type: 'object' };
  outputSchema?: Record<string, unknown> | undefined;
  annotations?: Record<string, unknown>;
}

/** One that is none, and why. */
export interface SkippedTool {
  index: number;
  name: string;
  reason: string;
}

/** Where a tool stands in its list, beside what the client library knows of it. */
export const LIST_INDEX = 'patchbay.dev/index';

/**
 * The tools of one page of a list. What is known to occur is mended where it can mean one thing only (a PHP server's
 * `[]` for an object without members, null for what is not there, another name of `inputSchema`); what it would have
 * to be guessed for is skipped with its reason, and takes no other tool with it.
 * @param first how many stood on the pages before
 */
export function readListedTools(
  list: unknown,
  first: number,
): { tools: ListedTool[]; skipped: SkippedTool[] } {
  const entries = entriesOf(list);
  const tools: ListedTool[] = [];
  const skipped: SkippedTool[] = [];
  for (const [offset, entry] of entries.entries()) {
    const index = first + offset;
    const read = readTool(entry, index);
    if (typeof read !== 'string') tools.push(read);
    else skipped.push({ index, name: isRecord(entry) ? (textOf(entry['name']) ?? '') : '', reason: read });
  }
  return { tools, skipped };
}

/** Some servers list their tools by name. */
function entriesOf(list: unknown): unknown[] {
  if (Array.isArray(list)) return list;
  if (!isRecord(list)) return [];
  return Object.entries(list).map(([name, tool]) => (isRecord(tool) ? { name, ...tool } : tool));
}

/** @returns the tool, or why it is none */
function readTool(entry: unknown, index: number): ListedTool | string {
  if (!isRecord(entry)) return `is ${describe(entry)} and no description of a tool`;
  if (isDeepValue(entry)) return `nests deeper than ${MAX_JSON_DEPTH} levels`;
  const { name, title, description, annotations, outputSchema } = entry;
  if (typeof name !== 'string' || name.trim() === '') {
    return name === undefined ? 'has no name' : `its name is ${describe(name)}, and must be a text`;
  }
  const inputSchema = readInputSchema(entry);
  if (typeof inputSchema === 'string') return inputSchema;
  const hints = readAnnotations(annotations);
  const output = withoutEmptyList(outputSchema);
  return {
    index,
    name,
    title: textOf(title),
    description: textOf(description),
    inputSchema,
    ...(isRecord(output) && { outputSchema: withTextDialect(output) }),
    ...(hints && { annotations: hints }),
  };
}

function readInputSchema(entry: Record<string, unknown>): ListedTool['inputSchema'] | string {
  const given = withoutEmptyList(entry['inputSchema'] ?? entry['input_schema'] ?? entry['parameters']);
  if (given === undefined || given === null) return 'has no inputSchema: what it takes is not known';
  if (!isRecord(given)) return `its inputSchema is ${describe(given)}, and must be a schema of an object`;
  const { type, required } = given;
  const types = Array.isArray(type) ? type : [type];
  if (type !== undefined && type !== null && !types.includes('object')) {
    return `its inputSchema is of type ${types.map(String).join(', ').slice(0, 60)}: arguments are an object`;
  }
  const properties = withoutEmptyList(given['properties']) ?? undefined;
  if (properties !== undefined && !isRecord(properties)) {
    return `its inputSchema has properties that are ${describe(properties)}, and must be schemas by name`;
  }
  const { properties: _, required: _required, ...rest } = given;
  const { fields, names } = withoutNestedRequired(properties, required);
  return {
    ...withTextDialect(rest),
    type: 'object',
    ...(fields && { properties: fields }),
    ...(names && { required: names }),
  };
}

/** Some put the names that are required among the properties: a list is no schema. */
function withoutNestedRequired(properties: Record<string, unknown> | undefined, required: unknown) {
  const nested = properties?.['required'];
  const isNested = Array.isArray(nested);
  const list = isNested && required === undefined ? (nested as unknown[]) : required;
  const names = Array.isArray(list)
    ? list.filter((name): name is string => typeof name === 'string')
    : undefined;
  if (!properties || !isNested) return { fields: properties, names };
  const { required: _, ...fields } = properties;
  return { fields, names };
}

/** Hints decide whether people are asked: what only looks like true is none. */
function readAnnotations(given: unknown): Record<string, unknown> | undefined {
  if (!isRecord(given)) return undefined;
  const hints = TOOL_HINTS.filter((hint) => typeof given[hint] === 'boolean').map((hint) => [
    hint,
    given[hint],
  ]);
  const title = textOf(given['title']);
  return { ...(Object.fromEntries(hints) as object), ...(title && { title }) };
}

function withTextDialect(schema: Record<string, unknown>): Record<string, unknown> {
  const { $schema, ...rest } = schema;
  return typeof $schema === 'string' ? schema : rest;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return String(value);
    default:
      return 'an object';
  }
}
