import ky, { HTTPError, isHTTPError, isNetworkError, isTimeoutError, type KyInstance } from 'ky';
import { ApiError, ConnectionError, PatchbayError, TimeoutError } from './errors.js';
import { routeOf, type OperationId, type RequestOptions, type Route } from './operations.js';

const TIMEOUT_MS = 120_000;
const RETRIES = 2;
/** Who is told to wait longer is told why instead. */
const MAX_RETRY_AFTER_SECONDS = 20;
const MAX_BACKOFF_MS = 5_000;
const IDEMPOTENT_METHODS: Route['method'][] = ['get', 'put', 'delete'];
const RETRIED_STATUSES = [408, 429, 500, 502, 503, 504];

export interface TransportOptions {
  baseUrl: string | URL;
  headers: Record<string, string>;
  timeoutMs?: number | undefined;
  retries?: number | undefined;
  fetch?: typeof globalThis.fetch | undefined;
}

export interface Sent extends RequestOptions {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
}

/** Sends operations over HTTP and turns what goes wrong into errors of ours. */
export class Transport {
  private readonly http: KyInstance;

  constructor(private readonly options: TransportOptions) {
    this.http = ky.create({
      headers: options.headers,
      timeout: false,
      // A key goes to no other address than the one it was given for.
      redirect: 'manual',
      ...(options.fetch && { fetch: options.fetch as NonNullable<Parameters<typeof ky.create>[0]>['fetch'] }),
    });
  }

  /** The JSON of the answer. */
  async json(operation: OperationId, sent: Sent): Promise<unknown> {
    return this.told(operation, sent, (request) => request.json());
  }

  /** The answer as soon as it begins. The time limit ends there: a stream lasts for as long as its signal lets it. */
  async response(operation: OperationId, sent: Sent): Promise<Response> {
    return this.told(operation, sent, async (request) => request);
  }

  private async told<T>(
    operation: OperationId,
    sent: Sent,
    read: (request: ReturnType<KyInstance>) => Promise<T>,
  ): Promise<T> {
    try {
      return await read(this.send(routeOf(operation), sent));
    } catch (error) {
      throw sent.signal?.aborted ? sent.signal.reason : errorOf(operation, error);
    }
  }

  private send(route: Route, sent: Sent): ReturnType<KyInstance> {
    const { idempotencyKey, signal, headers } = sent;
    const isRepeatable =
      IDEMPOTENT_METHODS.includes(route.method) ||
      (route.takesIdempotencyKey && idempotencyKey !== undefined);
    return this.http(addressOf(this.options.baseUrl, route, sent), {
      method: route.method,
      ...bodyOf(route, sent.body),
      headers: { ...headers, ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }) },
      ...(signal && { signal }),
      totalTimeout: sent.timeoutMs ?? this.options.timeoutMs ?? TIMEOUT_MS,
      retry: {
        limit: isRepeatable ? (sent.retries ?? this.options.retries ?? RETRIES) : 0,
        methods: [route.method],
        statusCodes: RETRIED_STATUSES,
        backoffLimit: MAX_BACKOFF_MS,
        jitter: true,
        shouldRetry: ({ error }) => (isHTTPError(error) ? retryAsTold(error) : undefined),
      },
    });
  }
}

/** The platform knows best whether a repeat can help: `x-should-retry` (docs/api/errors.md). */
function retryAsTold({ response: { headers } }: HTTPError): boolean | undefined {
  if (Number(headers.get('retry-after')) > MAX_RETRY_AFTER_SECONDS) return false;
  const told = headers.get('x-should-retry');
  return told === null ? undefined : told === 'true';
}

function addressOf(baseUrl: string | URL, { path }: Route, sent: Sent): URL {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segmentOf(name, sent.path?.[name]));
  const url = new URL(baseUrl);
  url.pathname = `${url.pathname.replace(/\/$/, '')}${filled}`;
  for (const [name, value] of Object.entries(sent.query ?? {})) {
    for (const [key, text] of queryOf(name, value)) url.searchParams.append(key, text);
  }
  return url;
}

/** A value that would be read as another path is refused, whoever gave it. */
function segmentOf(name: string, value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (text === '' || text === '.' || text === '..')
    throw new PatchbayError(`${name} must be an id or a slug, and is ${JSON.stringify(text)}`);
  return encodeURIComponent(text);
}

function queryOf(name: string, value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((item) => [name, String(item)]);
  if (typeof value === 'object')
    return Object.entries(value).map(([key, item]) => [`${name}[${key}]`, String(item)]);
  return [[name, String(value as string | number | boolean)]];
}

function bodyOf({ body: kind }: Route, body: unknown): { json?: unknown; body?: URLSearchParams } {
  if (kind === 'none' || body === undefined) return {};
  return kind === 'form' ? { body: new URLSearchParams(body as Record<string, string>) } : { json: body };
}

/** Of the library's errors nothing is kept that holds the request: its headers have the key. */
function errorOf(operation: OperationId, error: unknown): unknown {
  if (error instanceof PatchbayError) return error;
  if (isHTTPError(error)) return new ApiError(error.response.status, error.response.headers, error.data);
  if (isTimeoutError(error)) return new TimeoutError(`${operation} was not answered in time`);
  if (isNetworkError(error))
    return new ConnectionError(`${operation} was not answered: the platform cannot be reached`, {
      cause: error.cause,
    });
  return new ConnectionError(`The answer to ${operation} cannot be read`, { cause: error });
}
