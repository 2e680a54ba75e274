import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSchema, type GraphQLSchema } from 'graphql';

let known: GraphQLSchema | undefined;

/** Linear's schema, of which npm has only what was generated from it: the types of its SDK. */
export function linearSchema(): GraphQLSchema {
  known ??= buildSchema(definitionsIn(declarations()), { assumeValidSDL: true });
  return known;
}

function declarations(): string {
  const folder = dirname(fileURLToPath(import.meta.resolve('@linear/sdk')));
  const file = readdirSync(folder).find((name) => /^index-.*\.d\.mts$/.test(name));
  if (!file) throw new Error('@linear/sdk has its types elsewhere now');
  const [schema = ''] = readFileSync(join(folder, file), 'utf8')
    .replace(/\/\*[^]*?\*\//g, '')
    // Then come the fragments and classes of the SDK itself.
    .split(/^type \w+Fragment = /m);
  return schema;
}

interface Field {
  name: string;
  type: string;
}

interface ObjectType {
  parents: string[];
  fields: Field[];
  isOutput: boolean;
}

/** The types as GraphQL writes them. */
function definitionsIn(source: string): string {
  const objects = objectTypes(source);
  const interfaces = new Set([...objects.values()].flatMap(({ parents }) => parents));
  const fieldsOf = (name: string, { fields, isOutput }: ObjectType) =>
    fields.map((field) => {
      const given = isOutput ? (objects.get(argumentsOf(name, field.name))?.fields ?? []) : [];
      const taken = given.length > 0 ? `(${given.map(written).join(', ')})` : '';
      return `${field.name}${taken}: ${field.type}`;
    });
  const shapes = [...objects].map(([name, shape]) => {
    const kind = interfaces.has(name) ? 'interface' : shape.isOutput ? 'type' : 'input';
    const parents = shape.parents.length > 0 ? ` implements ${shape.parents.join(' & ')}` : '';
    return `${kind} ${name}${parents} { ${fieldsOf(name, shape).join(' ')} }`;
  });
  return [...shapes, ...scalars(source), ...enums(source), ...unions(source, objects)].join('\n');
}

const written = ({ name, type }: Field) => `${name}: ${type}`;

const argumentsOf = (type: string, field: string) =>
  `${type}${field.charAt(0).toUpperCase()}${field.slice(1)}Args`;

function objectTypes(source: string): Map<string, ObjectType> {
  const found = source.matchAll(/^type (\w+) = ((?:\w+ & )*)\{\n([^]*?)^\};/gm);
  return new Map(
    [...found]
      .map(([, name = '', parents = '', body = '']): [string, ObjectType] => {
        const fields = [...body.matchAll(/^ {2}(\w+)\??: ([^;]+);/gm)].map(([, field = '', type = '']) => ({
          name: field,
          type,
        }));
        return [
          name,
          {
            parents: parents.split(' & ').filter(Boolean),
            isOutput: fields.some((field) => field.name === '__typename'),
            fields: fields
              .filter((field) => field.name !== '__typename')
              .map((field) => ({ ...field, type: graphqlType(field.type) })),
          },
        ];
      })
      .filter(([name]) => name !== 'Scalars'),
  );
}

/** `InputMaybe<Array<Scalars["String"]>>` is `[String!]`. */
function graphqlType(type: string): string {
  const [, optional] = /^(?:Input)?Maybe<(.+)>$/s.exec(type) ?? [];
  if (optional !== undefined) return graphqlType(optional).replace(/!$/, '');
  const [, item] = /^Array<(.+)>$/s.exec(type) ?? [];
  if (item !== undefined) return `[${graphqlType(item)}]!`;
  return `${/^Scalars\["(\w+)"\]$/.exec(type)?.[1] ?? type}!`;
}

function scalars(source: string): string[] {
  const [, body = ''] = /^type Scalars = \{\n([^]*?)^\};/m.exec(source) ?? [];
  const own = new Set(['ID', 'String', 'Boolean', 'Int', 'Float']);
  return [...body.matchAll(/^ {2}(\w+):/gm)].flatMap(([, name = '']) =>
    own.has(name) ? [] : [`scalar ${name}`],
  );
}

function enums(source: string): string[] {
  return [...source.matchAll(/^declare enum (\w+) \{\n([^]*?)^\}/gm)].map(
    ([, name = '', body = '']) =>
      `enum ${name} { ${[...body.matchAll(/= "(\w+)"/g)].map(([, value]) => value).join(' ')} }`,
  );
}

function unions(source: string, objects: ReadonlyMap<string, unknown>): string[] {
  return [...source.matchAll(/^type (\w+) =([\w|\s]+);/gm)].flatMap(([, name = '', body = '']) => {
    const members = body.split('|').map((member) => member.trim());
    const named = members.filter(Boolean);
    return named.every((member) => objects.has(member)) ? [`union ${name} = ${named.join(' | ')}`] : [];
  });
}
