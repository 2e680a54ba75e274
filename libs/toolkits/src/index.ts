export { installedToolkits, SHIPPED_TOOLKITS, type CatalogueSettings } from './catalogue.js';
export { answerSchema, toJsonSchema } from './json-schema.js';
export { applyOverrides, readOverrides, type InstalledToolkit, type OAuthApp } from './overrides.js';
export {
  authField,
  configFieldsOf,
  connectionFieldsOf,
  isRedirectScheme,
  type AuthSpec,
  type BasicWithJwtSpec,
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
  httpTool,
  type FunctionTool,
  type HttpTool,
  type ToolkitSpec,
  type ToolRuntime,
  type ToolSpec,
} from './toolkit.js';
