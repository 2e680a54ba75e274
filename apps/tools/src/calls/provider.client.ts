import { STATUS_CODES } from 'node:http';
import { AppError, type OpenedCredential } from '@patchbay/contracts';
import type { OutboundClient, OutboundResponse } from '@patchbay/service';
import {
  ToolFailure,
  type InstalledToolkit,
  type ToolHttp,
  type ToolRequest,
  type ToolResponse,
} from '@patchbay/toolkits';
import { prepareRequest } from './http.request.js';

/** What one call brings along to the provider. */
export interface ProviderAccess {
  toolkit: InstalledToolkit;
  credential: OpenedCredential | undefined;
  /** Another credential, once the provider did not take this one. */
  renew(rejected: OpenedCredential): Promise<OpenedCredential | undefined>;
  /** When the call has to be over, in milliseconds since the epoch. */
  deadline: number;
  /** Bytes of one answer, at most. */
  maxBytes: number;
}

/** A file may be larger than an answer: it does not go on as a message. */
const MAX_DOWNLOAD_BYTES = 50 * 1024 * 1024;

/** The provider for the time of one call: credential placed, refusals made failures, one time limit over all. */
export class ProviderClient implements ToolHttp {
  private credential: OpenedCredential | undefined;
  private renewed = false;

  constructor(
    private readonly http: OutboundClient,
    private readonly access: ProviderAccess,
  ) {
    this.credential = access.credential;
  }

  async request(request: ToolRequest): Promise<unknown> {
    const { toolkit, maxBytes } = this.access;
    const response = await this.accepted(request, maxBytes);
    const body = readBody(response);
    if (isRefusal(toolkit, body))
      throw refused(toolkit.name, response.status, body, toolkit.refusal?.message);
    return body;
  }

  async download(request: ToolRequest): Promise<ToolResponse> {
    const { status, headers, body, url } = await this.accepted(request, MAX_DOWNLOAD_BYTES);
    return { status, headers, bytes: body, url: url.href };
  }

  /** A redirect that is still one (a GET's were followed): the request was not carried out. */
  private async accepted(request: ToolRequest, maxBytes: number): Promise<OutboundResponse> {
    const response = await this.authorised(request, maxBytes);
    if (response.status < 300) return response;
    throw refused(this.access.toolkit.name, response.status, readBody(response));
  }

  /** After a 401 once more with a fresh credential: the provider has then done nothing yet. */
  private async authorised(request: ToolRequest, maxBytes: number): Promise<OutboundResponse> {
    const first = await this.send(request, maxBytes);
    if (first.status !== 401 || !this.credential || this.renewed) return first;
    this.renewed = true;
    try {
      this.credential = await this.access.renew(this.credential);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // The provider's own words, and what became of the account because of them.
      const { message, data } = refused(this.access.toolkit.name, first.status, readBody(first));
      throw new ToolFailure(`${message} ${error.message} ${error.suggestion ?? ''}`.trim(), data);
    }
    return this.send(request, maxBytes);
  }

  private async send(request: ToolRequest, maxBytes: number): Promise<OutboundResponse> {
    const { toolkit, deadline } = this.access;
    return this.http.send({
      ...(await prepareRequest(request, toolkit, this.credential)),
      timeoutMs: Math.max(deadline - Date.now(), 1),
      maxBytes,
    });
  }
}

function readBody({ body }: OutboundResponse): unknown {
  const text = body.toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Some APIs say no with status 200. */
function isRefusal({ refusal }: InstalledToolkit, body: unknown): boolean {
  return refusal !== undefined && isObject(body) && body[refusal.field] === refusal.is;
}

function refused(provider: string, status: number, body: unknown, messageField = 'message'): ToolFailure {
  const httpError = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const message = wordsOf(body, messageField) ?? httpError;
  return new ToolFailure(`${provider} answered ${httpError}: ${message}`, {
    status_code: status,
    http_error: httpError,
    message,
    body,
  });
}

/** The provider's words in any of the shapes that providers give them. */
function wordsOf(body: unknown, messageField: string): string | undefined {
  if (typeof body === 'string') return body || undefined;
  if (!isObject(body)) return undefined;
  const { error, errors, errorMessages } = body;
  const candidates = [
    body[messageField],
    body['error_description'],
    isObject(error) ? error['message'] : error,
    ...[errorMessages, errors].flatMap((list) => (Array.isArray(list) ? list : [list])).map(textOf),
  ];
  return candidates.find((text): text is string => typeof text === 'string' && text !== '');
}

function textOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  return value['message'] ?? Object.values(value).find((inner) => typeof inner === 'string');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
