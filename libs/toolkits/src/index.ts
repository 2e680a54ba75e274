export { installedToolkits, SHIPPED_TOOLKITS } from './catalogue.js';
export { answerSchema, toJsonSchema } from './json-schema.js';
export { applyOverrides, readOverrides, type InstalledToolkit, type OAuthApp } from './overrides.js';
export {
  authSchemeOf,
  functionTool,
  httpTool,
  type AuthSpec,
  type FunctionTool,
  type HttpTool,
  type OAuth2Spec,
  type ToolkitSpec,
  type ToolRuntime,
  type ToolSpec,
} from './toolkit.js';
