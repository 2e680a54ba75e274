import { Injectable } from '@nestjs/common';
import {
  AppError,
  headerRefusal,
  writeJson,
  type CallContext,
  type CallSession,
  type InputOf,
  type OutputOf,
  type proxyRequest,
} from '@patchbay/contracts';
import { OutboundClient, OutboundError, type OutboundResponse } from '@patchbay/service';
import {
  ToolFailure,
  type InstalledToolkit,
  type ToolRequest,
  type ToolRequestBody,
} from '@patchbay/toolkits';
import { CatalogueService } from '../catalogue/index.js';
import type { CallFiles } from '../files/index.js';
import { proxyRefusal, requireToolkitInScope, restricted } from '../scope/index.js';
import {
  isFile,
  mimetypeOf,
  nameOf,
  readBody,
  baseUrlFor,
  requireOwnAddress,
  ProviderClient,
  type CallCredential,
} from '../providers/index.js';
import { CallPipeline, type CallAccess } from './call.pipeline.js';
import { toCall, type Call } from './call.js';

type ProxiedCall = Omit<InputOf<typeof proxyRequest>, 'context' | 'session'> & { session: CallSession };
type ProxyAnswer = OutputOf<typeof proxyRequest>;

/** What the record calls a request of the caller's own. */
const PROXY_SLUG = 'PROXY_EXECUTE';
/** Longer answers are given by a link. */
const MAX_INLINE_BYTES = 700_000;

/** Sends a caller's own request to a toolkit's provider, with an account's credential. */
@Injectable()
export class ProxyService {
  constructor(
    private readonly catalogue: CatalogueService,
    private readonly http: OutboundClient,
    private readonly pipeline: CallPipeline,
  ) {}

  async send(proxied: ProxiedCall, context: CallContext, signal: AbortSignal): Promise<ProxyAnswer> {
    const { answer } = await this.pipeline.run(toProxyCall(proxied, context, signal), {
      resolve: async ({ projectId }) => ({
        toolkit: await this.catalogue.installed(projectId, proxied.toolkit),
        toolSlug: PROXY_SLUG,
      }),
      requireScope: (_, { toolkit }) => requireProxyInScope(proxied, toolkit),
      send: (_, __, access) => this.exchange(proxied, access),
      present: async (response, { toolkit }, { files }) => {
        const { status } = response;
        const answer = await this.present(response, files);
        const error = status < 400 ? null : `${toolkit.name} answered ${status}.`;
        return { answer, result: { successful: status < 400, error, data: { status, data: answer.data } } };
      },
    });
    return answer;
  }

  private async exchange(proxied: ProxiedCall, access: CallAccess): Promise<OutboundResponse> {
    const { credential, files } = access;
    const url = addressOf(proxied.endpoint, access.toolkit, credential);
    // The address was settled above, so the credential may go there.
    const client = new ProviderClient(this.http, { ...access, settledOrigin: url.origin });
    return toRequest(url, proxied, credential, files)
      .then((request) => client.exchange(request))
      .catch(asRefusal);
  }

  private async present(response: OutboundResponse, files: CallFiles): Promise<ProxyAnswer> {
    const { status, headers, body } = response;
    const answer = { status, headers: withoutCookies(headers) };
    if (body.length === 0) return answer;
    if (!isFile(response) && body.length <= MAX_INLINE_BYTES) return { ...answer, data: readBody(response) };
    const contentType = mimetypeOf(response);
    const { s3url, expiresAt } = await files.keep({
      name: nameOf(response),
      mimetype: contentType,
      bytes: body,
    });
    return {
      ...answer,
      binary: { url: s3url, contentType, size: body.length, expiresAt: expiresAt.toISOString() },
    };
  }
}

function toProxyCall(proxied: ProxiedCall, context: CallContext, signal: AbortSignal): Call {
  const { projectId, session, account, credential, idempotencyKey, parent, sandboxId } = proxied;
  const message = { projectId, session, account, credential, idempotencyKey, parent, sandboxId };
  return toCall({ ...message, toolSlug: PROXY_SLUG, arguments: recordedArguments(proxied) }, context, signal);
}

/** @throws AppError `toolkit_not_allowed`, `tool_not_allowed` */
function requireProxyInScope(
  { session, sandboxId, ...request }: ProxiedCall,
  toolkit: InstalledToolkit,
): void {
  requireToolkitInScope(session.scope, toolkit.slug);
  const refusal =
    sandboxId !== undefined && session.proxy === false
      ? 'proxy_execute is switched off in this session: workbench.enable_proxy_execution.'
      : proxyRefusal(session.scope, toolkit, request, session.proxy);
  if (refusal) throw restricted('tool_not_allowed', refusal);
}

/** Cookies would be a session of the provider's, which is not the caller's to have. */
function withoutCookies(headers: Record<string, string>): Record<string, string> {
  const { 'set-cookie': _, ...rest } = headers;
  return rest;
}

/** @throws AppError `origin_mismatch`, `invalid_request` */
function addressOf(endpoint: string, toolkit: InstalledToolkit, credential: CallCredential | undefined): URL {
  const isWhole = /^[a-z][a-z0-9+.-]*:/i.test(endpoint);
  const base = baseUrlFor(toolkit, credential);
  const text = isWhole ? endpoint : `${base}/${endpoint.replace(/^\/+/, '')}`;
  const url = URL.parse(text);
  if (!url)
    throw new AppError('invalid_request', 'endpoint is not a valid address.', {
      issues: ['endpoint: is no address'],
    });
  requireOwnAddress(url, toolkit, credential);
  return url;
}

async function toRequest(
  url: URL,
  proxied: ProxiedCall,
  credential: CallCredential | undefined,
  files: CallFiles,
): Promise<ToolRequest> {
  const { method, parameters } = proxied;
  const query: Record<string, string[]> = {};
  const headers: Record<string, string> = {};
  for (const { name, in: place, value } of parameters) {
    if (place === 'query') (query[name] ??= []).push(value);
    else headers[name.toLowerCase()] = headerValue(name, value, credential);
  }
  const { 'content-type': contentType, ...rest } = headers;
  const body = await bodyOf(proxied, contentType, files);
  return { method, url: url.href, query, headers: rest, ...(body && { body }) };
}

function headerValue(name: string, value: string, credential: CallCredential | undefined): string {
  const refusal = headerRefusal(name, value, { credential });
  if (!refusal) return value;
  const issue = `parameters: ${name} ${refusal}`;
  throw new AppError('invalid_request', `${name} ${refusal}.`, { issues: [issue] });
}

async function bodyOf(
  { body, binaryBody }: ProxiedCall,
  contentType: string | undefined,
  files: CallFiles,
): Promise<ToolRequestBody | undefined> {
  if (binaryBody) {
    const { bytes, mimetype } =
      'url' in binaryBody
        ? await files.open(binaryBody.url)
        : { bytes: Buffer.from(binaryBody.base64, 'base64'), mimetype: 'application/octet-stream' };
    return { bytes, mimetype: binaryBody.contentType ?? contentType ?? mimetype };
  }
  if (body === undefined || body === null) return undefined;
  if (typeof body === 'string') {
    return { bytes: Buffer.from(body), mimetype: contentType ?? 'text/plain; charset=utf-8' };
  }
  if (contentType?.startsWith('application/x-www-form-urlencoded')) {
    return { form: body as Record<string, unknown> };
  }
  return contentType ? { bytes: Buffer.from(writeJson(body)), mimetype: contentType } : { json: body };
}

/** What came to nothing is an error here, where a tool would tell its model. */
function asRefusal(error: unknown): never {
  if (error instanceof OutboundError) {
    const code = error.trouble === 'timeout' ? 'provider_timeout' : 'provider_unreachable';
    throw new AppError(code, error.message, { retryable: error.retryable, cause: error });
  }
  if (error instanceof ToolFailure) throw new AppError('invalid_request', error.message, { cause: error });
  throw error;
}

/** Header values may be secrets. */
function recordedArguments({ method, endpoint, parameters, body }: ProxiedCall): Record<string, unknown> {
  const shown = parameters.map(({ name, in: place, value }) => ({
    name,
    in: place,
    ...(place === 'query' && { value }),
  }));
  return { method, endpoint, parameters: shown, ...(body !== undefined && { body }) };
}
