import { STATUS_CODES } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { AppError, hasParts, isPlainJson, RawJson } from '@patchbay/contracts';
import { OutboundError, type OutboundClient, type OutboundResponse } from '@patchbay/service';
import {
  ToolFailure,
  type InstalledToolkit,
  type ToolFiles,
  type ToolHttp,
  type ToolRequest,
  type ToolResponse,
} from '@patchbay/toolkits';
import { prepareRequest } from './http.request.js';
import { isFile, mimetypeOf, nameOf, readBody, readText, textOfBody } from './provider-answer.js';
import type { CallCredential } from './call-credential.js';
import { MAX_TRIES, retrySafety, retryAfterMs, retryDelayMs } from './retry.js';

/** What one call brings along to the provider. */
export interface ProviderAccess {
  projectId: string;
  toolkit: InstalledToolkit;
  credential: CallCredential | undefined;
  /** For whom the call is made. */
  userId: string;
  /** Null of a direct call. */
  sessionId: string | null;
  /** Another credential, once the provider did not take this one. */
  refresh(rejected: CallCredential): Promise<CallCredential | undefined>;
  /** When the call has to be over, in milliseconds since the epoch. */
  deadline: number;
  /** Ends the call when its caller gave it up. */
  signal?: AbortSignal | undefined;
  /** Names the call for providers that take an idempotency key: the same one is carried out once. */
  idempotencyKey: string;
  files: ToolFiles;
  /** An origin besides the toolkit's own to which the credential may go, as was settled for this call. */
  settledOrigin?: string | undefined;
  /** How often a request is sent at most, the first time included. Default: 3. */
  maxTries?: number | undefined;
  /** Fields that the caller adds to each JSON body. */
  bodyFields?: Record<string, unknown> | undefined;
}

/** Bytes of one answer, at most. */
const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** Requests of one call, and bytes of all their answers: a list whose pages do not end is left at that. */
const MAX_CALL_REQUESTS = 1_000;
const MAX_CALL_BYTES = 128 * 1024 * 1024;

/** A file may be larger than an answer: it does not go on as a message. */
const MAX_DOWNLOAD_BYTES = 50 * 1024 * 1024;

/** The provider for the time of one call: credential placed, refusals made failures, one time limit over all. */
export class ProviderClient implements ToolHttp {
  private credential: CallCredential | undefined;
  private renewed = false;
  private accountTrouble: string | undefined;
  /** Requests of this call that change something, so far. */
  private changes = 0;
  private requests = 0;
  private bytes = 0;

  constructor(
    private readonly http: OutboundClient,
    private readonly access: ProviderAccess,
  ) {
    this.credential = access.credential;
  }

  async request(request: ToolRequest): Promise<unknown> {
    const response = await this.accepted(request, MAX_ANSWER_BYTES);
    return isFile(response) ? this.stored(response) : this.read(response, textOfBody(response));
  }

  /** As `request`, with an object or a list unread where nothing would come of reading it but the same again. */
  async requestRaw(request: ToolRequest): Promise<unknown> {
    const response = await this.accepted(request, MAX_ANSWER_BYTES);
    if (isFile(response)) return this.stored(response);
    const text = textOfBody(response);
    // Some refusals stand in the body.
    const isRaw = this.access.toolkit.refusal === undefined && isPlainJson(text);
    return isRaw ? new RawJson(text) : this.read(response, text);
  }

  async download(request: ToolRequest): Promise<ToolResponse> {
    const { status, headers, body, url } = await this.accepted(request, MAX_DOWNLOAD_BYTES);
    return { status, headers, bytes: body, url: url.href };
  }

  /** Whatever the provider answers, refusals too. */
  exchange(request: ToolRequest): Promise<OutboundResponse> {
    return this.authorised(request, MAX_DOWNLOAD_BYTES);
  }

  private async stored(response: OutboundResponse): Promise<unknown> {
    const { body: bytes } = response;
    const file = { name: nameOf(response), mimetype: mimetypeOf(response), bytes };
    return { file: await this.access.files.store(file) };
  }

  private read({ status }: OutboundResponse, text: string): unknown {
    const { toolkit } = this.access;
    const body = readText(text);
    if (isRefusal(toolkit, body)) throw refused(toolkit.name, status, body, toolkit.refusal?.message);
    return body;
  }

  /** A redirect that is still one (a GET's were followed): the request was not carried out. */
  private async accepted(request: ToolRequest, maxBytes: number): Promise<OutboundResponse> {
    const response = await this.authorised(request, maxBytes).catch((error: unknown) => {
      throw inDoubt(error, request.method, this.access.toolkit.name);
    });
    if (response.status < 300) return response;
    const { message, data } = refusedWith(this.access.toolkit.name, response);
    // The provider's own words, and what became of the account because of them.
    throw new ToolFailure([message, this.accountTrouble].filter(Boolean).join(' '), data);
  }

  /** After a 401 once more with a fresh credential: the provider has then done nothing yet. */
  private async authorised(request: ToolRequest, maxBytes: number): Promise<OutboundResponse> {
    const first = await this.send(request, maxBytes);
    if (first.status !== 401 || !this.credential || this.renewed) return first;
    this.renewed = true;
    try {
      this.credential = await this.access.refresh(this.credential);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.accountTrouble = `${error.message} ${error.suggestion ?? ''}`.trim();
      return first;
    }
    return this.send(request, maxBytes);
  }

  /** Again only where a repeat does nothing twice, and as long as the call has time. */
  private async send(request: ToolRequest, maxBytes: number): Promise<OutboundResponse> {
    const { toolkit, deadline, signal, bodyFields, settledOrigin, maxTries = MAX_TRIES } = this.access;
    const key = this.keyFor(request);
    const prepared = await prepareRequest(
      withFields(request, bodyFields),
      toolkit,
      this.credential,
      settledOrigin,
    );
    Object.assign(prepared.headers, key);
    const repeat = retrySafety(request.method, key !== undefined);
    for (let tries = 1; ; tries += 1) {
      const mostBytes = this.countRequest(maxBytes);
      const remaining = Math.max(deadline - Date.now(), 1);
      const outcome = await this.http
        .send({ ...prepared, timeoutMs: remaining, maxBytes: mostBytes, signal })
        .catch((error: unknown) => {
          if (error instanceof OutboundError) return error;
          throw error;
        });
      if (!(outcome instanceof OutboundError)) this.bytes += outcome.body.length;
      const mayRepeat = tries < maxTries;
      const wait = mayRepeat ? retryDelayMs(outcome, repeat, tries, deadline - Date.now()) : undefined;
      if (wait !== undefined) await delay(wait, undefined, { signal }).catch(() => undefined);
      else if (outcome instanceof OutboundError) throw outcome;
      else return outcome;
    }
  }

  /** @returns how much of the next answer may still be read in this call */
  private countRequest(maxBytes: number): number {
    this.requests += 1;
    const left = MAX_CALL_BYTES - this.bytes;
    if (this.requests <= MAX_CALL_REQUESTS && left > 0) return Math.min(maxBytes, left);
    const { name } = this.access.toolkit;
    const most = `${MAX_CALL_REQUESTS} requests and ${MAX_CALL_BYTES} bytes`;
    throw new ToolFailure(`The tool asks ${name} for more than the ${most} that one call may take.`);
  }

  /** One key a change: a call that makes several is not several repeats of one. */
  private keyFor({ method }: ToolRequest): Record<string, string> | undefined {
    const { toolkit, idempotencyKey } = this.access;
    if (!toolkit.idempotencyHeader || method === 'GET' || method === 'HEAD') return undefined;
    this.changes += 1;
    return { [toolkit.idempotencyHeader]: `${idempotencyKey}-${this.changes}` };
  }
}

function withFields(request: ToolRequest, fields: Record<string, unknown> | undefined): ToolRequest {
  const { body } = request;
  if (!fields || !body || !('json' in body) || !isObject(body.json)) return request;
  return { ...request, body: { json: { ...body.json, ...fields } } };
}

/** What a caller must know before he tries again what may have been done. */
function inDoubt(error: unknown, method: string, provider: string): unknown {
  if (!(error instanceof OutboundError) || retrySafety(method, false) === 'safe') return error;
  if (error.trouble === 'unreachable' || error.trouble === 'unsendable') return error;
  const message = `${error.message} Whether ${provider} has carried it out is not known: look before you try again.`;
  return new ToolFailure(message, { message, outcome_unknown: true });
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

/** The same, with how long the provider wants to be left alone, if it says so. */
function refusedWith(provider: string, response: OutboundResponse): ToolFailure {
  const { message, data } = refused(provider, response.status, readBody(response));
  const wait = retryAfterMs(response);
  if (wait === undefined || response.status < 400) return new ToolFailure(message, data);
  const seconds = Math.ceil(wait / 1000);
  return new ToolFailure(`${message} It asks to try again after ${seconds} seconds.`, {
    ...data,
    retry_after_seconds: seconds,
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
  return hasParts(value) && !Array.isArray(value);
}
