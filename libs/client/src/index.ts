export { Patchbay, type PatchbayOptions } from './client.js';
export type { Accounts } from './accounts.js';
export type { Credential } from './credentials.js';
export { ApiError, ConnectionError, PatchbayError, TimeoutError } from './errors.js';
export type { components, ErrorSlug } from './generated/api.js';
export type {
  Answer,
  BodyOf,
  Input,
  Item,
  OperationId,
  OptionsFor,
  PagedOperation,
  QueryOf,
  RequestOptions,
} from './operations.js';
export { programSource, type ProgramSource, type WrittenProgram } from './program.js';
export type { McpConfiguration, Session, Sessions } from './sessions.js';
export { verifyWebhook, WebhookError, type Delivery, type VerifiedDelivery } from './webhooks.js';
