/*
 * JSON Schemas for kubeconform, strict, out of what Kubernetes and the operators ship: kubeconform's own come from a
 * site that is not reached from everywhere, and are of another version than the API server that is run here.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** Where kubeconform finds them in a folder. */
export const SCHEMA_NAMES = '{{ .ResourceKind }}-{{ .Group }}-{{ .ResourceAPIVersion }}.json';

/**
 * @param {string} folder where they are written
 * @param {string} kubernetes the sources of Kubernetes
 * @param {string[]} definitionFolders with CustomResourceDefinitions
 * @returns {number} how many
 */
export function writeSchemas(folder, kubernetes, definitionFolders) {
  const schemas = [...ofKubernetes(kubernetes), ...definitionFolders.flatMap(ofDefinitions)];
  for (const { group, version, kind, schema } of schemas) {
    // kubeconform calls the first group, which has no name, by its version.
    const name = `${kind}-${group || version}-${version}.json`.toLowerCase();
    writeFileSync(join(folder, name), JSON.stringify(schema));
  }
  return schemas.length;
}

function ofKubernetes(kubernetes) {
  const text = readFileSync(join(kubernetes, 'api/openapi-spec/swagger.json'), 'utf8');
  const { definitions } = JSON.parse(text);
  for (const [name, definition] of Object.entries(definitions)) definitions[name] = known(name, definition);
  return Object.entries(definitions).flatMap(([name, definition]) =>
    (definition['x-kubernetes-group-version-kind'] ?? []).map((is) => ({
      ...is,
      schema: { $ref: `#/definitions/${name}`, definitions: reached(name, definitions) },
    })),
  );
}

/** What the API takes and its document does not say. */
function known(name, definition) {
  if (name.endsWith('.Quantity')) return { type: ['string', 'number'] };
  if (name.endsWith('.IntOrString')) return { type: ['string', 'integer'] };
  return strict(definition);
}

/** A definition with those that it names, and those that these name. */
function reached(name, definitions, found = {}) {
  if (name in found) return found;
  found[name] = definitions[name];
  for (const [, other] of JSON.stringify(definitions[name]).matchAll(/"#\/definitions\/([^"]+)"/g))
    reached(other, definitions, found);
  return found;
}

function ofDefinitions(folder) {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), 'utf8')))
    .map((document) => document.toJS())
    .filter((definition) => definition?.kind === 'CustomResourceDefinition')
    .flatMap(({ spec }) =>
      spec.versions.map(({ name: version, schema }) => {
        const { openAPIV3Schema } = schema;
        // It is the API server's own, and left out by those who wrote the definition.
        const properties = { ...openAPIV3Schema.properties, metadata: { type: 'object' } };
        const own = strict({ ...openAPIV3Schema, properties });
        own.properties.metadata = { type: 'object' };
        return { group: spec.group, version, kind: spec.names.kind, schema: own };
      }),
    );
}

/** With every field that is not named refused, as a server refuses it that is asked to be strict. */
function strict(schema) {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  if (copy['x-kubernetes-int-or-string']) return { type: ['string', 'integer'] };
  const isClosed =
    schema.properties && !schema.additionalProperties && !schema['x-kubernetes-preserve-unknown-fields'];
  if (isClosed && typeof schema.properties === 'object' && !('type' in schema && schema.type !== 'object'))
    copy.additionalProperties = false;
  // Of another dialect than the validator's.
  if (typeof copy.format === 'string') delete copy.format;
  return copy;
}
