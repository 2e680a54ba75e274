export { freePorts, startNats, startPgBouncer, startPostgres } from '@patchbay/local';
export { BYTES } from './files.api.js';
export { launchBrowser, type TestBrowser } from './browser.js';
export { ASKED_BEFORE } from './conformance.names.js';
export { createDatabase, runSql } from './database.js';
export { eventually, type EventuallyOptions } from './eventually.js';
export {
  githubIssues,
  startGithubEmulator,
  type GithubEmulator,
  type GithubEmulatorOptions,
  type GithubIssue,
} from './github.emulator.js';
export { followLink } from './link.follower.js';
export { REGISTRY_TOKEN, startMcpRegistry } from './mcp.registry.js';
export { PUBLISHED_SERVERS } from './mcp.registry.records.js';
export type { McpControl } from './mcp.servers.js';
export type { LocalServer } from './local.server.js';
export { PIXEL, type McpWorld } from './mcp.tools.js';
export { oidcKnows, oidcSeen, type OidcPerson, type OidcSeen } from './oidc.provider.js';
export { writeOverrides } from './overrides.js';
export { pythonForTests } from './python.js';
export { NOTES, NOTES_PACKAGE, NOTES_PUBLISHED } from './stdio.program.js';
export { createTestHome, prepareTestHomes } from './test.home.js';
export { startTestPlatform, type TestPlatform } from './test.platform.js';
export { startWebhookReceiver, type ReceivedWebhook, type WebhookReceiver } from './webhook.receiver.js';
export { startNpmRegistry, stdioServerPackage, type NpmPackage } from './npm.registry.js';
