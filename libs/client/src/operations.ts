import { routes, type operations } from './generated/api.js';

/** The name of an operation in the API document, such as `createSession`. */
export type OperationId = keyof typeof routes;

/** Where and how an operation is sent. */
export interface Route {
  method: 'get' | 'put' | 'post' | 'delete' | 'patch';
  path: string;
  takesIdempotencyKey: boolean;
  body: 'json' | 'form' | 'none';
}

export function routeOf(operation: OperationId): Route {
  return routes[operation];
}

type Parameters<Id extends OperationId> = operations[Id]['parameters'];
type Content<T> = NonNullable<T> extends { content: infer C } ? C[keyof C] : undefined;
type RequestBody<Id extends OperationId> = operations[Id] extends { requestBody?: infer B } ? B : undefined;

type Has<T, Key extends string> = [NonNullable<T>] extends [never]
  ? false
  : Key extends keyof NonNullable<T>
    ? true
    : false;

/** A field that is left out, optional or required, as its type has it. */
type Field<Name extends string, T> = [NonNullable<T>] extends [never]
  ? { [N in Name]?: never }
  : undefined extends T
    ? { [N in Name]?: NonNullable<T> }
    : object extends T
      ? { [N in Name]?: T }
      : { [N in Name]: T };

/** What an operation takes: parameters of its path and query, and its body, in the wire's names. */
export type Input<Id extends OperationId> = Field<'path', Parameters<Id>['path']> &
  Field<'query', Parameters<Id>['query']> &
  Field<
    'body',
    Content<RequestBody<Id>> | (operations[Id] extends { requestBody: object } ? never : undefined)
  >;

/** The body that an operation takes. */
export type BodyOf<Id extends OperationId> = NonNullable<Content<RequestBody<Id>>>;

/** The parameters of an operation's query. */
export type QueryOf<Id extends OperationId> = NonNullable<Parameters<Id>['query']>;

type Success<Id extends OperationId> = operations[Id]['responses'][keyof operations[Id]['responses']];

/** The JSON that an operation answers; never for one that answers something else. */
export type Answer<Id extends OperationId> =
  Success<Id> extends { content: { 'application/json': infer Body } } ? Body : never;

/** Operations that answer pages, with `items` and `next_cursor`. */
export type PagedOperation = {
  [Id in OperationId]: Answer<Id> extends { items: unknown[]; next_cursor?: string | null }
    ? Has<Parameters<Id>['query'], 'cursor'> extends true
      ? Id
      : never
    : never;
}[OperationId];

export type Item<Id extends PagedOperation> =
  Answer<Id> extends { items: (infer Element)[] } ? Element : never;

/** What may be said of any one request. */
export interface RequestOptions {
  /** Ends the request when it is aborted; the promise is rejected with its reason. */
  signal?: AbortSignal;
  /** All attempts together, until the answer is read. */
  timeoutMs?: number;
  /** How often the request is sent again; 0 for never. */
  retries?: number;
  headers?: Record<string, string>;
}

/** An operation that takes an idempotency key may be sent again when it has one. */
export type OptionsFor<Id extends OperationId> = RequestOptions &
  (Has<Parameters<Id>['header'], 'idempotency-key'> extends true
    ? { idempotencyKey?: string }
    : { idempotencyKey?: never });

/** Arguments after an operation's name: optional when nothing is required. */
export type Given<Id extends OperationId> =
  object extends Input<Id> ? [input?: Input<Id> & OptionsFor<Id>] : [input: Input<Id> & OptionsFor<Id>];
