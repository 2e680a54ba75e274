import { SetMetadata } from '@nestjs/common';
import type { ErrorCode } from '@patchbay/contracts';
import type { z } from 'zod';

/** One answer of a route, for the routes that make theirs themselves. */
export interface DescribedAnswer {
  description: string;
  /** Its media types; JSON when a schema is given and nothing else is said. */
  type?: string | readonly string[];
  schema?: z.ZodType;
  example?: unknown;
}

/**
 * What the API document (`openapi/`) says of a route beyond what the code says by itself: path, parameters, body, who may
 * use it and what counts it are read from the decorators that do the work.
 */
export interface Description {
  /** The name of the operation in generated clients: a verb and a noun. A route with several paths names each. */
  id: string | readonly string[];
  /** One line. */
  summary: string;
  /** Markdown, for what the summary leaves open. */
  description?: string;
  /** What a success answers, as JSON. The method's return type must be what this schema takes. */
  answer?: z.ZodType;
  /** What else it answers, by status; of a route that answers by itself also its success. */
  answers?: Readonly<Record<number, DescribedAnswer>>;
  /** How it refuses, besides what every route of its kind may (`openapi/errors.ts`). */
  errors?: readonly ErrorCode[];
  /** The body of a route that reads it by itself. */
  body?: { type: string; schema: z.ZodType };
  /** Headers that a caller may send. */
  headers?: z.ZodObject;
  /** A body, or an answer, as it might be. */
  example?: { body?: unknown; answer?: unknown };
  /**
   * What its answer names for other operations, besides what is below its own path (`openapi/links.ts`): by the beginning of
   * their paths up to a parameter, the field of the answer (`'mcp/:id': 'id'`, with dots for those inside of others); by an
   * operation's id, the fields of the answer for those of its query or body.
   */
  leadsTo?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  /** What the parameters of its path are, where their names are used for different things. */
  path?: Readonly<Record<string, string>>;
  isDeprecated?: boolean;
}

export const DESCRIPTION = 'description';
export const API_TAG = 'api tag';
export const NOT_DESCRIBED = 'not described';

type Answering<A> = (...given: never[]) => A | Promise<A>;

/** Describes a route for the API document. Every route has this or `NotDescribed`, else the gateway does not start. */
export function Describe<A extends z.ZodType>(
  description: Description & { answer: A },
): <M extends Answering<z.output<A>>>(
  target: object,
  name: string | symbol,
  method: TypedPropertyDescriptor<M>,
) => void;
export function Describe(description: Description & { answer?: undefined }): MethodDecorator;
export function Describe(description: Description): MethodDecorator {
  return SetMetadata(DESCRIPTION, description);
}

/** The heading under which the document has the routes of a controller. */
export const ApiTag = (name: string) => SetMetadata(API_TAG, name);

/** Leaves the routes of a controller, or one, out of the API document. The reason stands in the document. */
export const NotDescribed = (reason: string) => SetMetadata(NOT_DESCRIBED, reason);
