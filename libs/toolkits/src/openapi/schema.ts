import { ImportRefusal, isObject, step, type JsonObject, type OpenApiDocument } from './document.js';
import {
  anything,
  bothObjects,
  openObject,
  saysNothing,
  union,
  type ObjectKind,
  type Shape,
} from './shape.js';
import {
  type Direction,
  describeSchema,
  outermostReference,
  cutOff,
  fileArgument,
  typesOf,
  isNullable,
  addNumber,
  addRequired,
  countOf,
  listOf,
  isBytes,
} from './schema-words.js';

export interface SchemaOptions {
  direction: Direction;
  /** Objects inside of objects beyond this are left open. */
  maxDepth: number;
  /** Schemas read in all, references followed: a document of a few lines can ask for millions. */
  maxSchemas: number;
  /** Whether defaults are told: those of an update are not, as a model that sends them changes things back. */
  defaults: boolean;
  /** Whether `format: binary` is a file to upload. */
  files: boolean;
  /**
   * Whether it is JSON Schema and nothing more, as in MCP: every field is one of both directions, bytes are a text,
   * and what is required is required although nothing describes it.
   */
  plain?: boolean;
}

/** Thrown when a schema is larger than its options allow. */
export class SchemaTooLarge extends Error {}

/** `allOf` inside `allOf`, each a reference: deeper is no real document. */
const MAX_COMPOSITION = 24;
/** Schemas brought together with those that they are composed of, counted each time. */
const MAX_FLATTENED = 50_000;

/** Where the reading is: how deep in objects, and inside of which references. */
interface Position {
  place: string;
  depth: number;
  references: readonly string[];
}

/** A schema with its references and its `allOf` resolved into one. */
interface Flat {
  schema: JsonObject;
  position: Position;
  properties: Map<string, { schema: unknown; position: Position }>;
  required: string[];
  unions: { variants: unknown[]; position: Position }[];
}

/** Reads schemas of an OpenAPI document, 3.0 and 3.1, into shapes. */
export class SchemaReader {
  private read = 0;
  private flattened = 0;

  constructor(
    private readonly document: OpenApiDocument,
    private readonly options: SchemaOptions,
  ) {}

  /**
   * @throws SchemaTooLarge
   * @throws ImportRefusal when it refers to what is not there
   */
  shape(schema: unknown, place: string): Shape {
    return this.at(schema, { place, depth: 0, references: [] });
  }

  private at(schema: unknown, position: Position, isVariant = false): Shape {
    if (++this.read > this.options.maxSchemas) throw new SchemaTooLarge();
    if (!isObject(schema)) return anything();
    const reference = outermostReference(schema);
    if (reference && position.references.includes(reference)) {
      return cutOff(schema, reference, this.document.follow(reference, position.place).value);
    }
    const flat = this.flatten(schema, position);
    const own = this.own(flat);
    const shape = flat.unions.reduce((sofar, { variants, position: where }) => {
      return this.combine(sofar, variants, where);
    }, own);
    if (saysNothing(shape)) Object.assign(shape, { ...anything(), description: shape.description });
    if (isNullable(flat.schema)) shape.null = {};
    if (this.options.plain && this.options.direction === 'input' && !isVariant)
      addRequired(shape, flat.required);
    return shape;
  }

  private flatten(schema: JsonObject, position: Position, level = 0): Flat {
    // Each level may name the one below it twice.
    if (++this.flattened > MAX_FLATTENED) throw new SchemaTooLarge();
    if (level > MAX_COMPOSITION) throw new ImportRefusal(position.place, 'is composed of itself');
    let { place, references } = position;
    let merged: JsonObject = schema;
    const seen: string[] = [];
    while (typeof merged['$ref'] === 'string') {
      const reference = merged['$ref'];
      if (seen.includes(reference) || seen.length > MAX_COMPOSITION)
        throw new ImportRefusal(place, 'refers to itself');
      seen.push(reference);
      const target = this.document.follow(reference, place);
      const { $ref: _, ...beside } = merged;
      references = [...references, reference];
      place = target.place;
      merged = { ...(isObject(target.value) ? target.value : {}), ...beside };
    }
    const here = { ...position, place, references };
    const flat: Flat = { schema: merged, position: here, properties: new Map(), required: [], unions: [] };
    for (const [index, part] of listOf(merged['allOf']).entries()) {
      if (!isObject(part)) continue;
      const reference = outermostReference(part);
      if (reference && references.includes(reference)) continue;
      const inner = this.flatten(part, { ...here, place: step(step(place, 'allOf'), index) }, level + 1);
      flat.schema = { ...inner.schema, ...flat.schema };
      for (const [name, property] of inner.properties) flat.properties.set(name, property);
      flat.required.push(...inner.required);
      flat.unions.push(...inner.unions);
    }
    const properties = isObject(merged['properties']) ? merged['properties'] : {};
    for (const [name, property] of Object.entries(properties)) {
      const where = { ...here, place: step(step(place, 'properties'), name), depth: position.depth + 1 };
      flat.properties.set(name, { schema: property, position: where });
    }
    flat.required.push(...listOf(merged['required']).filter((name) => typeof name === 'string'));
    for (const keyword of ['oneOf', 'anyOf']) {
      const variants = listOf(merged[keyword]);
      if (variants.length > 0)
        flat.unions.push({ variants, position: { ...here, place: step(place, keyword) } });
    }
    return flat;
  }

  /** What a schema says itself, beside its unions. */
  private own({ schema, position, properties, required }: Flat): Shape {
    const shape: Shape = {
      description: describeSchema(schema, this.options.direction),
      default: this.options.defaults ? schema['default'] : undefined,
    };
    for (const type of typesOf(schema, properties.size > 0)) {
      if (type === 'string') this.addString(shape, schema, position.place);
      if (type === 'number' || type === 'integer') addNumber(shape, schema, type === 'integer');
      if (type === 'boolean') shape.boolean = {};
      if (type === 'null') shape.null = {};
      if (type === 'array') shape.array = this.array(schema, position);
      if (type === 'object') {
        shape.object = this.object(properties, required, position);
        this.addFurther(shape.object, schema, position);
        if (schema['file_uploadable'] === true) shape.object.file = true;
      }
    }
    return shape;
  }

  private addString(shape: Shape, schema: JsonObject, place: string): void {
    if (!this.options.plain && this.options.direction === 'input' && isBytes(schema, this.options.files)) {
      if (!this.options.files) throw new ImportRefusal(place, 'takes the bytes of a file');
      shape.object = fileArgument();
      return;
    }
    const values = listOf(schema['const'] === undefined ? schema['enum'] : [schema['const']]);
    const texts = values.filter((value) => typeof value === 'string');
    // Some providers of models refuse a list of values with an empty one in it: it is told in words.
    const isListed = texts.length > 0 && texts.length >= values.filter((value) => value !== null).length;
    shape.string = {
      ...(isListed && !texts.includes('') && { enum: [...new Set(texts)] }),
      ...(schema['format'] === 'date-time' && { format: 'date-time' as const }),
    };
  }

  private array(schema: JsonObject, position: Position): NonNullable<Shape['array']> {
    const items = [...listOf(schema['prefixItems']), ...(isObject(schema['items']) ? [schema['items']] : [])];
    const where = { ...position, place: step(position.place, 'items') };
    const shapes = items.map((item) => this.at(item, where));
    const [first = anything(), ...others] = shapes;
    return {
      items: others.reduce(union, first),
      minItems: countOf(schema['minItems']),
      maxItems: countOf(schema['maxItems']),
    };
  }

  private object(properties: Flat['properties'], required: string[], { depth }: Position): ObjectKind {
    if (depth >= this.options.maxDepth) return openObject();
    const object = openObject();
    for (const [name, { schema, position }] of properties) {
      if (this.isForeign(schema)) continue;
      object.properties.set(name, this.at(schema, position));
    }
    for (const name of required) if (object.properties.has(name)) object.required.add(name);
    return object;
  }

  /** Fields of any name, where a schema says that there may be some. */
  private addFurther(object: ObjectKind, schema: JsonObject, position: Position): void {
    const { additionalProperties: further, patternProperties: byPattern } = schema;
    const values = [further, ...(isObject(byPattern) ? Object.values(byPattern) : [])].filter(isObject);
    if (further !== true && values.length === 0) return;
    object.open = true;
    const said = values.filter((value) => Object.keys(value).length > 0);
    if (further === true || said.length < values.length || this.options.direction === 'output') return;
    const where = {
      ...position,
      place: step(position.place, 'additionalProperties'),
      depth: position.depth + 1,
    };
    const [first, ...others] = said.map((value) => this.at(value, where));
    if (first) object.values = others.reduce(union, first);
  }

  /** Fields that only answers hold, or only requests. */
  private isForeign(schema: unknown): boolean {
    if (this.options.plain) return false;
    const other = this.options.direction === 'input' ? 'readOnly' : 'writeOnly';
    return isObject(schema) && schema[other] === true;
  }

  private combine(own: Shape, variants: unknown[], position: Position): Shape {
    const shapes = variants
      // Such as `anyOf: [{ required: ['title'] }]`: a rule between fields, which no provider takes.
      .filter((variant) => isObject(variant) && Object.keys(variant).some((key) => key !== 'required'))
      .map((variant, index) => this.at(variant, { ...position, place: step(position.place, index) }, true));
    const [first, ...others] = shapes;
    if (!first) return own;
    const either = others.reduce(union, first);
    const { description = either.description } = own;
    if (saysNothing(own)) return { ...either, description, default: own.default ?? either.default };
    if (own.object && either.object) {
      return { ...either, ...own, description, object: bothObjects(own.object, either.object) };
    }
    return { ...own, description };
  }
}
