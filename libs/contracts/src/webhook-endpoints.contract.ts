import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { ToolkitSlug } from './tool-slug.js';
import { WebhookSetupField } from './trigger-types.contract.js';

/** Where one OAuth app of a provider's posts to: one for each project, toolkit and client id. */
export const WebhookEndpoint = z.object({
  id: z.string(),
  toolkit: z.string(),
  clientId: z.string().nullable(),
  /** What was given, secrets masked; null: nothing yet. */
  data: z.record(z.string(), z.string()).nullable(),
  /** Required fields that are still missing: until they are there nothing that comes in can be verified. */
  missing: z.array(z.string()),
  createdAt: z.string(),
});
export type WebhookEndpoint = z.infer<typeof WebhookEndpoint>;

const OfProject = { projectId: idSchema('project') };
const EndpointKey = { ...OfProject, id: idSchema('webhookEndpoint') };
const SetupValues = z.record(z.string().max(100), z.string().min(1).max(5_000));

/** What an app of the toolkit has to be asked for; a toolkit whose apps send nothing: `not_found`. */
export const getWebhookSetup = defineRequest(
  'triggers.endpoints.setup',
  z.strictObject({ ...OfProject, toolkit: ToolkitSlug }),
  z.object({ toolkit: z.string(), fields: z.record(z.string(), WebhookSetupField) }),
);
/** The same toolkit and client again: the endpoint that there is, as it is. */
export const createWebhookEndpoint = defineRequest(
  'triggers.endpoints.create',
  z.strictObject({ ...OfProject, toolkit: ToolkitSlug, clientId: z.string().min(1).max(500) }),
  z.object({ endpoint: WebhookEndpoint, created: z.boolean() }),
);
export const listWebhookEndpoints = defineRequest(
  'triggers.endpoints.list',
  z.strictObject({ ...OfProject, toolkit: ToolkitSlug.optional() }),
  z.object({ items: z.array(WebhookEndpoint) }),
);
export const getWebhookEndpoint = defineRequest(
  'triggers.endpoints.get',
  z.strictObject(EndpointKey),
  WebhookEndpoint,
);
/**
 * Gives it its fields: all of them anew, or those that are named. Fields that the toolkit does not have, and a required one
 * that would be missing: `invalid_request`.
 */
export const setWebhookEndpointData = defineRequest(
  'triggers.endpoints.setData',
  z.strictObject({ ...EndpointKey, data: SetupValues, merge: z.boolean() }),
  WebhookEndpoint,
);
/** Instances that need it get nothing from then on. */
export const deleteWebhookEndpoint = defineRequest(
  'triggers.endpoints.delete',
  z.strictObject(EndpointKey),
  z.object({ id: z.string() }),
);
