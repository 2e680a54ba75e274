import { STATUS_CODES } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { OpenedCredential } from '@patchbay/contracts';
import { OutboundClient, type OutboundResponse } from '@patchbay/service';
import type { HttpTool, InstalledToolkit } from '@patchbay/toolkits';
import { prepareRequest } from './http.request.js';
import type { ToolResult } from './tool-result.js';

/** Answers longer than this are cut off: they would not fit into a message of the bus. */
const MAX_ANSWER_BYTES = 700_000;

/** Runs declarative tools. */
@Injectable()
export class HttpExecutor {
  constructor(private readonly http: OutboundClient) {}

  /** @throws AppError when the provider could not be reached, took too long, or may not be called */
  async run(
    tool: HttpTool,
    toolkit: InstalledToolkit,
    input: Record<string, unknown>,
    credential: OpenedCredential | undefined,
    timeoutMs: number,
  ): Promise<ToolResult> {
    const response = await this.http.send({
      ...prepareRequest(tool, toolkit, input, credential),
      timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
    });
    const body = readBody(response);
    if (isRefusal(toolkit, body))
      return toFailure(toolkit.name, response.status, body, toolkit.refusal?.message);
    // A redirect that is still one (a GET's were followed): the request was not carried out.
    return response.status < 300
      ? { successful: true, data: toData(body, tool.dataKey), error: null }
      : toFailure(toolkit.name, response.status, body);
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

/** `data` is always an object: a list or a text of the provider's stands in it under a key. */
function toData(body: unknown, dataKey: string | undefined): Record<string, unknown> {
  if (dataKey) return { [dataKey]: body };
  if (Array.isArray(body)) return { items: body };
  return isObject(body) ? body : { text: body };
}

/** Some APIs say no with status 200. */
function isRefusal({ refusal }: InstalledToolkit, body: unknown): boolean {
  return refusal !== undefined && isObject(body) && body[refusal.field] === refusal.is;
}

function toFailure(provider: string, status: number, body: unknown, messageField = 'message'): ToolResult {
  const httpError = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const text = isObject(body) ? (body[messageField] ?? body['error_description'] ?? body['error']) : body;
  const message = typeof text === 'string' && text !== '' ? text : httpError;
  return {
    successful: false,
    data: { status_code: status, http_error: httpError, message, body },
    error: `${provider} answered ${httpError}: ${message}`,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
