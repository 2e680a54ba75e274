import { lookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Agent, fetch as undiciFetch, type Dispatcher } from 'undici';
import { AppError } from '@patchbay/contracts';
import { histogram } from '../telemetry/metrics.js';
import { SpanKind, traced } from '../telemetry/tracing.js';
import { AddressPolicy } from './address-policy.js';
import { exchange, type Answer } from './exchange.js';
import { explainOutbound } from './outbound.error.js';

export interface OutboundRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** Time for the whole exchange, in milliseconds. */
  timeoutMs: number;
  /** Bytes of the answer's body, at most. */
  maxBytes: number;
  /** Ends the exchange when its caller no longer wants it. */
  signal?: AbortSignal | undefined;
}
export interface OutboundResponse extends Answer {
  /** Whose answer it is, redirects followed. */
  url: URL;
}

const durations = histogram({
  name: 'patchbay_outbound_request_duration_seconds',
  help: 'Requests to providers: by the class of their status, or error when there was no answer.',
  labelNames: ['outcome'],
});

const MAX_REDIRECTS = 5;
const CONNECTIONS_PER_ORIGIN = 128;
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;

/** The one HTTP client for everything that leaves the platform on behalf of a user. */
export class OutboundClient {
  private readonly policy: AddressPolicy;
  private readonly publicOnly: Agent;
  private readonly anywhere: Agent;

  constructor(allowedPrivateHosts: readonly string[]) {
    this.policy = new AddressPolicy(allowedPrivateHosts);
    const pool = {
      connections: CONNECTIONS_PER_ORIGIN,
      keepAliveTimeout: 10_000,
      // The last bound, for `fetch`; `send` has a closer one of each request.
      maxResponseSize: MAX_RESPONSE_BYTES,
    };
    // The address is checked where the socket is opened: a name that resolves anew cannot slip through.
    this.publicOnly = new Agent({ ...pool, connect: { timeout: 5_000, lookup: this.publicLookup } });
    this.anywhere = new Agent({ ...pool, connect: { timeout: 5_000 } });
  }

  /**
   * Sends a request. A GET follows redirects, each checked like the first; credentials stay with the origin.
   * @throws AppError `invalid_request` for an address that may not be called; OutboundError when it could not
   *   be reached, took too long or sent too much
   */
  async send(outbound: OutboundRequest): Promise<OutboundResponse> {
    const until = Date.now() + outbound.timeoutMs;
    let { url, headers } = outbound;
    for (let redirects = 0; ; redirects += 1) {
      const response = await observed(outbound.method, url, () =>
        this.exchange({ ...outbound, url, headers }, until),
      );
      const next = nextLocation(outbound.method, url, response);
      if (!next) return response;
      if (redirects === MAX_REDIRECTS)
        throw new AppError('unavailable', `${url.host} redirects without end.`, { retryable: false });
      if (next.origin !== url.origin) headers = withoutCredentials(headers);
      url = next;
    }
  }

  /** `fetch` under the same rules, for libraries that want one. Redirects are answered, not followed. */
  readonly fetch = async (input: string | URL, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input);
    // undici's own types and those of the platform's fetch describe the same objects.
    const options = { ...init, redirect: 'manual', dispatcher: this.dispatcherFor(url) };
    return (await undiciFetch(url, options as Parameters<typeof undiciFetch>[1])) as unknown as Response;
  };

  async close(): Promise<void> {
    await Promise.all([this.publicOnly.close(), this.anywhere.close()]);
  }

  private async exchange(outbound: OutboundRequest, until: number): Promise<OutboundResponse> {
    const { method, url, headers, body, maxBytes, signal, timeoutMs } = outbound;
    const dispatcher = this.dispatcherFor(url);
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
        { timeoutMs: until - Date.now(), maxBytes, signal },
      );
      return { ...answer, url };
    } catch (error) {
      throw explainOutbound(error, url.host, timeoutMs, signal?.aborted ?? false);
    }
  }

  private dispatcherFor(url: URL): Agent {
    return this.policy.checkUrl(url).mayBePrivate ? this.anywhere : this.publicOnly;
  }

  private readonly publicLookup: LookupFunction = (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, []);
      try {
        for (const { address } of addresses) this.policy.checkAddress(address, hostname);
      } catch (refusal) {
        return callback(refusal as NodeJS.ErrnoException, []);
      }
      const first = addresses[0];
      if (options.all || !first) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
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

function nextLocation(method: string, url: URL, response: OutboundResponse): URL | undefined {
  const { location } = response.headers;
  const isRedirect = [301, 302, 303, 307, 308].includes(response.status);
  if (!isRedirect || !location || (method !== 'GET' && method !== 'HEAD')) return undefined;
  if (!URL.canParse(location, url.href)) {
    throw new AppError('unavailable', `${url.host} redirects to what is no address.`, { retryable: false });
  }
  return new URL(location, url);
}

/** Which headers carry a credential only the first origin's API knows, so few are let through. */
const HARMLESS_HEADERS = new Set(['accept', 'accept-language', 'user-agent']);

function withoutCredentials(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => HARMLESS_HEADERS.has(name.toLowerCase())),
  );
}
