import { Badge } from '../ui/index.js';

interface Property {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: unknown[];
}

const SHOWN = 200;

/** The fields of an object by its JSON Schema, required ones first. */
export function SchemaTable(props: { schema: Record<string, unknown>; none?: string }) {
  const { schema, none = 'It takes none.' } = props;
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : []);
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Property>)
    .toSorted(([a], [b]) => Number(required.has(b)) - Number(required.has(a)))
    .slice(0, SHOWN);
  if (properties.length === 0) return <p className="text-sm text-soft">{none}</p>;
  return (
    <dl className="divide-y divide-line/60">
      {properties.map(([name, property]) => (
        <div key={name} className="py-2.5">
          <dt className="flex flex-wrap items-center gap-2">
            <span className="min-w-0 font-mono text-sm break-all">{name}</span>
            <span className="text-xs text-soft">{typeOf(property)}</span>
            {required.has(name) && <Badge>required</Badge>}
          </dt>
          <dd className="mt-0.5 text-sm break-words text-soft">
            {property.description}
            {property.enum && (
              <span className="block font-mono text-xs">
                {property.enum.slice(0, 20).map(String).join(' · ')}
              </span>
            )}
            {property.default !== undefined && (
              <span className="block text-xs">
                Default <span className="font-mono">{JSON.stringify(property.default).slice(0, 200)}</span>
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

const typeOf = ({ type }: Property) => (Array.isArray(type) ? type.join(' or ') : (type ?? 'any'));
