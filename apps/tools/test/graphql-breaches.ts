import { getVariableValues, Kind, parse, validate, type GraphQLSchema } from 'graphql';
import { z } from 'zod';
import { linearSchema } from './linear-schema.js';

const SCHEMAS: Record<string, () => GraphQLSchema> = {
  'POST https://api.linear.app/graphql': linearSchema,
};
const Request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()) });

export const hasSchema = (line: string): boolean => line in SCHEMAS;

/** Where a request is not what the provider's schema says; undefined for an address of which we have none. */
export function graphqlBreaches(line: string, body: unknown): string[] | undefined {
  const schema = SCHEMAS[line]?.();
  if (!schema) return undefined;
  const { query, variables } = Request.parse(body);
  const document = parse(query);
  const mistakes = validate(schema, document);
  if (mistakes.length > 0) return mistakes.map(({ message }) => message);
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OPERATION_DEFINITION) return [];
    const known = definition.variableDefinitions ?? [];
    const names = new Set(known.map(({ variable }) => variable.name.value));
    const { errors = [] } = getVariableValues(schema, known, variables);
    return [
      ...errors.map(({ message }) => message),
      ...Object.keys(variables).flatMap((name) => (names.has(name) ? [] : [`unknown variable ${name}`])),
    ];
  });
}
