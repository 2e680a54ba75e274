import { parse } from 'yaml';

/** A document, or a part of it, that cannot be taken: where (a JSON pointer) and why. */
export class ImportRefusal extends Error {
  constructor(
    readonly place: string,
    readonly reason: string,
  ) {
    super(`${place || '/'}: ${reason}`);
    this.name = 'ImportRefusal';
  }
}

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A pointer one step further: `/paths` and `/repos/{owner}` make `/paths/~1repos~1{owner}`. */
export function step(place: string, key: string | number): string {
  return `${place}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A value of the document and where it stands, references followed. */
export interface Located {
  value: JsonObject;
  place: string;
}

const MAX_TEXT_LENGTH = 64_000_000;
/** Longer chains of references than this are made to be long. */
const MAX_REFERENCES = 32;

/**
 * Reads the text of an OpenAPI document, JSON or YAML.
 * @throws ImportRefusal
 */
export function parseOpenApi(text: string): unknown {
  if (text.length > MAX_TEXT_LENGTH) throw new ImportRefusal('', 'the document is longer than 64 MB');
  try {
    return /^\s*\{/.test(text) ? JSON.parse(text) : parse(text, { maxAliasCount: 100 });
  } catch {
    // The parser's own words quote the document, which may be anything.
    throw new ImportRefusal('', 'the document is neither valid JSON nor valid YAML');
  }
}

/** A document whose head was checked, with its references followed inside itself only. */
export class OpenApiDocument {
  readonly paths: JsonObject;

  /** @throws ImportRefusal when it is no OpenAPI 3.0 or 3.1 */
  constructor(readonly root: JsonObject) {
    const { openapi, swagger, paths } = root;
    if (typeof swagger === 'string') {
      throw new ImportRefusal(
        '/swagger',
        'Swagger 2.0 is not taken: convert the document to OpenAPI 3 first',
      );
    }
    if (typeof openapi !== 'string')
      throw new ImportRefusal('/openapi', 'is missing: this is no OpenAPI document');
    if (!/^3\.[01](\.|$)/.test(openapi)) {
      throw new ImportRefusal('/openapi', `version ${openapi.slice(0, 20)} is not taken, only 3.0 and 3.1`);
    }
    if (!isObject(paths)) throw new ImportRefusal('/paths', 'must be an object of paths');
    this.paths = paths;
  }

  /**
   * The object that stands at a place, references followed.
   * @throws ImportRefusal when there is none
   */
  object(value: unknown, place: string): Located {
    let at: unknown = value;
    let where = place;
    for (let followed = 0; followed < MAX_REFERENCES; followed++) {
      if (!isObject(at)) throw new ImportRefusal(where, 'must be an object');
      const reference = at['$ref'];
      if (typeof reference !== 'string') return { value: at, place: where };
      const target = this.follow(reference, where);
      at = target.value;
      where = target.place;
    }
    throw new ImportRefusal(place, 'refers to itself');
  }

  /** One reference followed: `#/components/schemas/Pet`. */
  follow(reference: string, place: string): { value: unknown; place: string } {
    if (reference === '#') return { value: this.root, place: '' };
    if (!reference.startsWith('#/')) {
      throw new ImportRefusal(place, `refers outside of the document, to ${reference.slice(0, 100)}`);
    }
    let value: unknown = this.root;
    for (const part of reference.slice(2).split('/')) {
      const key = decodePart(part);
      const next: unknown = Array.isArray(value)
        ? value[Number(key)]
        : isObject(value)
          ? own(value, key)
          : undefined;
      if (next === undefined)
        throw new ImportRefusal(place, `refers to ${reference.slice(0, 100)}, which is not there`);
      value = next;
    }
    return { value, place: reference.slice(1) };
  }
}

function own(value: JsonObject, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function decodePart(part: string): string {
  const plain = part.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}
