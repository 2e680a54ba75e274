import { Patchbay } from '@patchbay/client';
import { expect } from 'vitest';
import { z } from 'zod';
import { environment } from './environment.js';

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  /** null sends no key. */
  apiKey?: string | null;
  headers?: Record<string, string>;
  baseUrl?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: unknown;
  milliseconds: number;
}

const Envelope = z.object({
  error: z.object({
    message: z.string().min(1),
    code: z.number(),
    status: z.number(),
    slug: z.string(),
    request_id: z.string().min(1),
    suggested_fix: z.string().optional(),
    errors: z.array(z.string()).optional(),
  }),
});
export type WireError = z.infer<typeof Envelope>['error'];

/**
 * One raw request without the SDK, its retries and its reading of the answer. The path is one of the API's,
 * below /api/v3.1, or a whole URL.
 */
export async function call(path: string, options: Call = {}): Promise<Answer> {
  const { body, apiKey = environment.apiKey, headers = {}, baseUrl = environment.baseUrl } = options;
  const { method = body === undefined ? 'GET' : 'POST' } = options;
  const begin = performance.now();
  const response = await fetch(new URL(path.startsWith('/') ? `/api/v3.1${path}` : path, baseUrl), {
    method,
    headers: {
      ...(apiKey === null ? {} : { 'x-api-key': apiKey }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: response.headers.get('content-type')?.includes('json') ? (JSON.parse(text) as unknown) : text,
    milliseconds: performance.now() - begin,
  };
}

/** Checks that the answer is an error in the contract's envelope that tells nothing internal, and gives it. */
export function errorOf(answer: Answer, status: number): WireError {
  const context = JSON.stringify(answer.body);
  expect({ status: answer.status, context }).toEqual({ status, context });
  const { error } = Envelope.parse(answer.body);
  expect(error.status).toBe(status);
  expect(answer.headers.get('x-request-id')).toBe(error.request_id);
  expect(context).not.toMatch(/node_modules|\.js:\d+|\bSELECT\b|\bINSERT\b|ECONNREFUSED|"stack"/);
  return error;
}

/** A new session made by a raw request. Gives its id. */
export async function createSession(body: Record<string, unknown>, options: Call = {}): Promise<string> {
  const answer = await call('/tool_router/session', { ...options, body });
  expect(answer.status).toBe(201);
  return z.object({ session_id: z.string() }).parse(answer.body).session_id;
}

/** A new project and its key, by the organisation's key. */
export async function createProject(name: string): Promise<{ id: string; apiKey: string }> {
  const operator = new Patchbay({ organisationApiKey: environment.orgApiKey, baseUrl: environment.baseUrl });
  const { id, api_key: apiKey } = await operator.request('createProject', {
    body: { name, should_create_api_key: true },
  });
  return { id, apiKey: apiKey ?? '' };
}
