import { Agent, type Dispatcher } from 'undici';
import { AppError } from '@patchbay/contracts';
import { histogram } from '../telemetry/metrics.js';
import { SpanKind, traced } from '../telemetry/tracing.js';
import { AddressPolicy } from './address-policy.js';
import { ACCEPTED_CODINGS, MAX_CODINGS } from './body-decoder.js';
import { exchange, flatten, type Answer, type Patience } from './exchange.js';
import { explainOutbound, MAX_HEADER_BYTES, OutboundError } from './outbound.error.js';
import { asGiven, type OutboundPurpose } from './private-hosts.js';
import { publicLookup } from './public-lookup.js';
import { decodedStream, toResponse } from './responses.js';
import { nextLocation, withoutCredentials } from './redirects.js';

export interface OutboundRequest {
  /** For what it is made: which private hosts it may reach, and after a redirect. */
  purpose: OutboundPurpose;
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** Time for the whole exchange, in milliseconds. */
  timeoutMs: number;
  /** Bytes of the answer's body at most, as they come and decompressed. */
  maxBytes: number;
  /** Ends the exchange when its caller no longer wants it. */
  signal?: AbortSignal | undefined;
  /** Gives an answer before its end, with its rest as a stream. */
  patienceMs?: Patience | undefined;
}
export interface OutboundResponse extends Answer {
  /** Whose answer it is, redirects followed. */
  url: URL;
}

/** What `fetchFor` bounds each of its exchanges by. */
export type FetchLimits = Pick<OutboundRequest, 'timeoutMs' | 'maxBytes'>;
export type OutboundFetch = (input: string | URL, init?: RequestInit) => Promise<Response>;

/** An answer that is read while it comes. */
export interface StreamRequest extends Omit<OutboundRequest, 'timeoutMs' | 'body' | 'patienceMs'> {
  body?: string | undefined;
  /** Time until the headers are there, in milliseconds. */
  headersTimeoutMs: number;
  /** Time for the whole exchange, in milliseconds. Without it the stream may last, and must come uncompressed. */
  timeoutMs?: number | undefined;
}

const durations = histogram({
  name: 'patchbay_outbound_request_duration_seconds',
  help: 'Requests to providers: by the class of their status, or error when there was no answer.',
  labelNames: ['outcome'],
});

const MAX_REDIRECTS = 5;
const CONNECTIONS_PER_ORIGIN = 128;
/** A response that sends nothing for so long is given up, whatever its time limit. */
const STALL_LIMIT_MS = 60_000;
/** A stream that may last for ever is allowed longer silences. */
const QUIET_LIMIT_MS = 300_000;

/** The one HTTP client for everything that leaves the platform on behalf of a user. */
export class OutboundClient {
  private readonly policy: AddressPolicy;
  private readonly publicOnly: Agent;
  private readonly anywhere: Agent;

  /** @param privateHosts entries of PATCHBAY_ALLOWED_PRIVATE_HOSTS */
  constructor(privateHosts: readonly string[]) {
    this.policy = new AddressPolicy(privateHosts);
    const pool = {
      connections: CONNECTIONS_PER_ORIGIN,
      keepAliveTimeout: 10_000,
      bodyTimeout: STALL_LIMIT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    // The address is checked where the socket is opened: a second resolution of the name cannot slip through. The two
    // have connections of their own, so none that was opened to a listed host is used for anything else.
    this.publicOnly = new Agent({ ...pool, connect: { timeout: 5_000, lookup: publicLookup(this.policy) } });
    this.anywhere = new Agent({ ...pool, connect: { timeout: 5_000 } });
  }

  /**
   * Sends a request. A GET follows redirects, each checked like the first; credentials stay with the origin. A
   * public host leads to another origin as a caller would who names it.
   * @throws AppError `invalid_request` for an address that may not be called; OutboundError when it could not
   *   be reached, took too long or sent too much
   */
  async send(outbound: OutboundRequest): Promise<OutboundResponse> {
    const until = Date.now() + outbound.timeoutMs;
    let { url, headers, purpose } = outbound;
    for (let redirects = 0; ; redirects += 1) {
      const response = await observed(outbound.method, url, () =>
        this.exchange({ ...outbound, url, headers, purpose }, until),
      );
      const next = nextLocation(outbound.method, url, response);
      if (!next) return response;
      if (redirects === MAX_REDIRECTS)
        throw new AppError('unavailable', `${url.host} redirects too many times.`, { retryable: false });
      if (next.origin !== url.origin) {
        headers = withoutCredentials(headers);
        if (!this.mayBePrivate(url, purpose)) purpose = asGiven(purpose);
      }
      url = next;
    }
  }

  /** A `fetch` for libraries that want one: whole answers within limits. Redirects are answered, not followed. */
  fetchFor(purpose: OutboundPurpose, limits: FetchLimits): OutboundFetch {
    return async (input, init = {}) => {
      const url = new URL(input);
      this.policy.checkUrl(url, purpose);
      const request = requestOf(url, init);
      const body = new Uint8Array(await request.arrayBuffer());
      const answer = await this.exchange(
        {
          ...limits,
          purpose,
          method: request.method,
          url,
          headers: { 'accept-encoding': ACCEPTED_CODINGS, ...Object.fromEntries(request.headers) },
          ...(body.length > 0 && { body }),
          signal: init.signal ?? undefined,
        },
        Date.now() + limits.timeoutMs,
      );
      return toResponse(answer, url.host, new Uint8Array(answer.body));
    };
  }

  /**
   * Sends a request whose answer is read while it comes. Redirects are answered, not followed.
   * @returns with a body whose bytes are counted as they are read: it errs with OutboundError `too_large`
   * @throws as `send`
   */
  async stream(outbound: StreamRequest): Promise<Response> {
    const { purpose, method, url, headers, body, maxBytes, headersTimeoutMs, timeoutMs } = outbound;
    const dispatcher = this.dispatcherFor(url, purpose);
    const signals = [
      ...(outbound.signal ? [outbound.signal] : []),
      ...(timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)]),
    ];
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: method as Dispatcher.HttpMethod,
        headers,
        body: body ?? null,
        headersTimeout: headersTimeoutMs,
        bodyTimeout: timeoutMs === undefined ? QUIET_LIMIT_MS : STALL_LIMIT_MS,
        ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      });
      try {
        const given = { status: answer.statusCode, headers: flatten(answer.headers) };
        const limits = {
          from: url.origin,
          maxBytes,
          // A response without end could keep decoders busy for ever without any output.
          maxCodings: timeoutMs === undefined ? 0 : MAX_CODINGS,
        };
        return toResponse(given, url.host, decodedStream(answer.body, given.headers, limits));
      } catch (error) {
        answer.body.on('error', () => undefined).destroy();
        throw error;
      }
    } catch (error) {
      const limitMs = timeoutMs ?? headersTimeoutMs;
      throw explainOutbound(error, url.host, limitMs, outbound.signal?.aborted ?? false);
    }
  }

  /** Whether the operator lets requests of this purpose go there although it is private. */
  mayBePrivate(url: URL, purpose: OutboundPurpose): boolean {
    return this.policy.checkUrl(url, purpose).mayBePrivate;
  }

  async close(): Promise<void> {
    await Promise.all([this.publicOnly.close(), this.anywhere.close()]);
  }

  private async exchange(outbound: OutboundRequest, until: number): Promise<OutboundResponse> {
    const { purpose, method, url, headers, body, maxBytes, signal, timeoutMs, patienceMs } = outbound;
    const dispatcher = this.dispatcherFor(url, purpose);
    try {
      const answer = await exchange(
        dispatcher,
        {
          origin: url.origin,
          path: url.pathname + url.search,
          method: method as Dispatcher.HttpMethod,
          headers,
          body,
        },
        { timeoutMs: until - Date.now(), maxBytes, signal, patienceMs },
      );
      return { ...answer, url };
    } catch (error) {
      throw explainOutbound(error, url.host, timeoutMs, signal?.aborted ?? false);
    }
  }

  private dispatcherFor(url: URL, purpose: OutboundPurpose): Agent {
    return this.mayBePrivate(url, purpose) ? this.anywhere : this.publicOnly;
  }
}

/** @throws OutboundError `unsendable` for what no request can be, such as a header of another script */
function requestOf(url: URL, init: RequestInit): Request {
  try {
    return new Request(url, init);
  } catch (error) {
    throw new OutboundError('unsendable', `The request to ${url.host} cannot be sent as it is.`, error);
  }
}

/** The address itself is not shown: some providers have their secrets in it. */
function observed(
  method: string,
  { host }: URL,
  work: () => Promise<OutboundResponse>,
): Promise<OutboundResponse> {
  const attributes = { 'http.request.method': method, 'server.address': host };
  return traced({ name: `${method} ${host}`, kind: SpanKind.CLIENT, attributes }, async () => {
    const stopTimer = durations.startTimer();
    try {
      const response = await work();
      stopTimer({ outcome: `${Math.floor(response.status / 100)}xx` });
      return response;
    } catch (error) {
      stopTimer({ outcome: 'error' });
      throw error;
    }
  });
}
