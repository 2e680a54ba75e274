import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { ToolkitSlug } from './tool-slug.js';

/** The secret part of the address of one hook that was made for one instance. */
export const HookToken = z.string().regex(/^[A-Za-z0-9_-]{16,128}$/, 'is not the address of a hook');

/** Whose address a provider's request came to: one of an app, or one of a hook. */
export const IngressTarget = z.union([
  z.strictObject({ toolkit: ToolkitSlug, endpointId: idSchema('webhookEndpoint') }),
  z.strictObject({ hookToken: HookToken }),
]);
export type IngressTarget = z.infer<typeof IngressTarget>;

/** Providers wait three seconds at the least (Slack). */
export const INGRESS_TIMEOUT_MS = 2_500;

/**
 * What a provider sent, byte for byte. It is answered once its events are kept. Unsigned, late, or none of ours:
 * `invalid_request`, and nothing is kept; the text never says more than that.
 */
export const receiveWebhook = defineRequest(
  'triggers.ingress.receive',
  z.strictObject({
    target: IngressTarget,
    method: z.enum(['GET', 'HEAD', 'POST']),
    /** Path and query as they came: signatures are over them. */
    path: z.string().max(16_384),
    /** Names in lower case; several of a name are joined by a comma. */
    headers: z.record(z.string(), z.string()),
    bodyBase64: z.base64(),
    /** ISO 8601 UTC. */
    receivedAt: z.iso.datetime(),
  }),
  z.object({
    status: z.int().min(200).max(299),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
  }),
  { timeoutMs: INGRESS_TIMEOUT_MS },
);

/* The public paths to which providers send. They are kept at providers, and so do not change. */
export function endpointPath(toolkit: string, endpointId: string): string {
  return `/api/v3.1/webhook_ingress/${toolkit}/${endpointId}/trigger_event`;
}
export function hookPath(token: string): string {
  return `/api/v3.1/trigger_instances/${token}/handle`;
}
