export { installedToolkits, SHIPPED_TOOLKITS, type CatalogueSettings } from './catalogue.js';
export { placeByUsage } from './popularity.js';
export { importedTools } from './shipped.js';
export { describeDeclared, keySpec } from './declared-auth.js';
export { McpServerManifest, readMcpServers, serverToolkit } from './mcp-servers.js';
export { fileInput, fileOutput } from './file-schemas.js';
export { type ArgumentForm } from './argument-form.js';
export { checkArguments, type CheckedArguments } from './arguments.js';
export { asDescribed } from './exact-answers.js';
export {
  answerSchema,
  argumentTextsOf,
  inputSchemaOf,
  outputSchemaOf,
  toJsonSchema,
  toTakenOutput,
  toTakenInput,
} from './json-schema.js';
export { ImportRefusal } from './openapi/document.js';
export { importOpenApi, type ImportOptions, type ImportOutcome, type Refusal } from './openapi/import.js';
export { letterLogo } from './openapi/letter-logo.js';
export { findBreaches } from './schema-rules/rules.js';
export { filledArguments, filledTemplate, packageUrl, type ToolkitProgram } from './program.js';
export { applyOverrides, readOverrides, type InstalledToolkit, type OAuthApp } from './overrides.js';
export {
  authField,
  configFieldsOf,
  connectionFieldsOf,
  hasCodeGrant,
  identifiesItself,
  isRedirectScheme,
  isSameIdentifier,
  type AuthSpec,
  type BasicWithJwtSpec,
  type CimdOAuthSpec,
  type CodeGrantSpec,
  type DcrOAuthSpec,
  type GoogleServiceAccountSpec,
  type OAuth1Spec,
  type OAuth2Spec,
  type Placement,
  type S2sOAuth2Spec,
  type ServiceAccountSpec,
  type TokenAuthMethod,
} from './auth-spec.js';
export {
  functionTool,
  graphqlTool,
  httpTool,
  requestTool,
  toData,
  type CurrentUserRequest,
  type ArgumentPlace,
  type BodyEncoding,
  type FieldEncoding,
  type ParameterStyle,
  type FunctionTool,
  type HttpTool,
  type McpTool,
  type ToolkitSpec,
  type ToolSpec,
  type VendorServer,
} from './toolkit.js';
export {
  triggerType,
  type Poll,
  type PollOutcome,
  type PollRequest,
  type Registered,
  type RegisterRequest,
  type RegisterRuntime,
  type TriggerEvent,
  type TriggerRuntime,
  type TriggerSpec,
  type TriggerWebhook,
  type WebhookEvent,
} from './trigger.js';
export { afterId } from './triggers/after-id.js';
export { changes } from './triggers/changes.js';
export { momentOf } from './triggers/moment.js';
export { newItems } from './triggers/new-items.js';
export { jsonBody } from './triggers/reading.js';
export { isLate, isSame, isSigned } from './triggers/signature.js';
export { statusOf } from './triggers/refusals.js';
export { tokenFeed } from './triggers/token-feed.js';
export {
  ACCEPTED,
  answerWith,
  refuse,
  type Delivery,
  type InboundRequest,
  type Receiving,
  type Verdict,
  type WebhookReceiver,
} from './webhook.js';
export { receiversOf, type ReceivedEvent, type Receiver } from './receiver.js';
export { decodeText } from './text/decode-text.js';
export { PARSER_LIMITS, type Parse, type ToolParsers } from './parsing/parse.js';
export {
  path,
  ToolFailure,
  type FileReference,
  type ToolFile,
  type ToolRequestPart,
  type ToolFiles,
  type ToolHttp,
  type ToolRequest,
  type ToolRequestBody,
  type ToolResponse,
  type ToolRuntime,
} from './tool-runtime.js';
