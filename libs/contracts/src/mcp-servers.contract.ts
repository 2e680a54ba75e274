import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { ToolkitSlug, ToolSlug } from './tool-slug.js';

/** A set of tools under one address, for any user of the project: each has a session of its own behind it. */
export const McpServer = z.object({
  id: z.uuid(),
  name: z.string(),
  toolkits: z.array(z.string()),
  /** Empty: every tool of the toolkits. */
  allowedTools: z.array(z.string()),
  authConfigIds: z.array(z.string()),
  /** Whether users are offered to connect their accounts in the middle of a conversation. */
  managesConnections: z.boolean(),
  instanceCount: z.int(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type McpServer = z.infer<typeof McpServer>;

export const McpServerId = z.uuid();
const ServerKey = { projectId: idSchema('project'), id: McpServerId };
export const McpServerSettings = {
  name: z
    .string()
    .min(4)
    .max(30)
    .regex(/^[A-Za-z0-9 -]+$/, 'may hold letters, digits, spaces and hyphens'),
  toolkits: z.array(ToolkitSlug).max(1_000),
  allowedTools: z.array(ToolSlug).max(500),
  authConfigIds: z.array(idSchema('authConfig')).max(100),
  managesConnections: z.boolean(),
};

/** The toolkits of the auth configs are among the server's, named or not. */
export const createMcpServer = defineRequest(
  'sessions.mcpServers.create',
  z.strictObject({
    projectId: idSchema('project'),
    ...McpServerSettings,
    toolkits: McpServerSettings.toolkits.default([]),
    allowedTools: McpServerSettings.allowedTools.default([]),
    authConfigIds: McpServerSettings.authConfigIds.default([]),
    managesConnections: McpServerSettings.managesConnections.default(true),
  }),
  McpServer,
);
export const getMcpServer = defineRequest('sessions.mcpServers.get', z.strictObject(ServerKey), McpServer);

/** By number of page, as the old API has it. */
const Numbered = { page: z.int().min(1).default(1), limit: z.int().min(1).max(1000).default(10) };
const numberedPageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.int(), page: z.int(), pages: z.int() });

export const listMcpServers = defineRequest(
  'sessions.mcpServers.list',
  z.strictObject({
    projectId: idSchema('project'),
    name: z.string().optional(),
    toolkits: z.array(ToolkitSlug).optional(),
    authConfigIds: z.array(z.string()).optional(),
    orderBy: z.enum(['createdAt', 'updatedAt', 'name']).default('updatedAt'),
    direction: z.enum(['asc', 'desc']).default('desc'),
    ...Numbered,
  }),
  numberedPageOf(McpServer),
);
/** The sessions behind it follow at once. */
export const updateMcpServer = defineRequest(
  'sessions.mcpServers.update',
  z.strictObject({ ...ServerKey, changes: z.strictObject(McpServerSettings).partial() }),
  McpServer,
  { timeoutMs: 30_000 },
);
/** Its sessions go with it. */
export const deleteMcpServer = defineRequest(
  'sessions.mcpServers.delete',
  z.strictObject(ServerKey),
  z.object({ id: z.string() }),
  { timeoutMs: 30_000 },
);

/** A user of a server. */
export const McpInstance = z.object({
  id: z.string(),
  serverId: z.string(),
  /** The user, or the one account that it was made for. */
  holder: z.string(),
  sessionId: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type McpInstance = z.infer<typeof McpInstance>;

/** The user of the call: named, or the owner of the account, which is then the only one of its toolkit. */
const Holder = z.union([
  z.strictObject({ userId: UserId }),
  z.strictObject({ connectionId: idSchema('connection') }),
]);
export type McpHolder = z.infer<typeof Holder>;

/** There already: `conflict`. */
export const createMcpInstance = defineRequest(
  'sessions.mcpInstances.create',
  z.strictObject({ ...ServerKey, userId: UserId }),
  McpInstance,
);
/** The user's instance, made when it is asked for first. */
export const openMcpInstance = defineRequest(
  'sessions.mcpInstances.open',
  z.strictObject({ ...ServerKey, holder: Holder }),
  McpInstance,
);
export const listMcpInstances = defineRequest(
  'sessions.mcpInstances.list',
  z.strictObject({ ...ServerKey, search: z.string().optional(), ...Numbered }),
  numberedPageOf(McpInstance),
);
export const deleteMcpInstance = defineRequest(
  'sessions.mcpInstances.delete',
  z.strictObject({ ...ServerKey, holder: z.string() }),
  z.object({ holder: z.string() }),
);
