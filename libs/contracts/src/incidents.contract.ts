import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema, UserId } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { ToolkitSlug } from './tool-slug.js';

/**
 * What is ended: `accounts`, connected accounts and the links to connect one; `access`, what MCP clients were admitted by;
 * `keys`, the API keys of projects.
 */
export const IncidentAct = z.enum(['accounts', 'access', 'keys']);
export type IncidentAct = z.infer<typeof IncidentAct>;

/** What was there when the incident began; what is made afterwards is left alone. Without any of them: all of the organisation. */
export const IncidentScope = z.object({
  projectId: idSchema('project').nullable(),
  userId: UserId.nullable(),
  toolkit: z.string().nullable(),
});
export type IncidentScope = z.infer<typeof IncidentScope>;

export const Incident = IncidentScope.extend({
  id: idSchema('incident'),
  acts: z.array(IncidentAct),
  reason: z.string().nullable(),
  state: z.enum(['running', 'done']),
  /** ISO 8601 UTC. */
  begunAt: z.string(),
  finishedAt: z.string().nullable(),
  done: z.object({
    accountsRevoked: z.int(),
    /** Of them, also where they were given. */
    revokedAtProvider: z.int(),
    /** Of them, not there: the provider refused or did not answer, however often it was asked. */
    failedAtProvider: z.int(),
    /** Connected accounts whose sign-in was under way, with their links. */
    signInsEnded: z.int(),
    accessEnded: z.int(),
    keysRevoked: z.int(),
  }),
  left: z.object({ accounts: z.int(), atProviders: z.int() }),
});
export type Incident = z.infer<typeof Incident>;

/**
 * Begins to revoke, in the background; says at once what was begun. While one with the same scope and acts runs, it is
 * that one. `not_found` for a project that there is not.
 */
export const beginIncident = defineRequest(
  'auth.incidents.begin',
  z
    .strictObject({
      projectId: idSchema('project').optional(),
      userId: UserId.optional(),
      toolkit: ToolkitSlug.optional(),
      acts: z.array(IncidentAct).min(1).max(3),
      reason: z.string().max(300).optional(),
    })
    .refine(({ userId, projectId }) => !userId || projectId, {
      path: ['userId'],
      message: 'is a user of a project: name the project too',
    })
    .refine(({ userId, toolkit, acts }) => !acts.includes('keys') || !(userId || toolkit), {
      path: ['acts'],
      message: 'keys are of projects, not of a user or a toolkit',
    })
    .refine(({ toolkit, acts }) => !acts.includes('access') || !toolkit, {
      path: ['acts'],
      message: 'access is to sessions, not to a toolkit',
    }),
  Incident,
);
export const getIncident = defineRequest(
  'auth.incidents.get',
  z.strictObject({ id: idSchema('incident') }),
  Incident,
);
export const listIncidents = defineRequest(
  'auth.incidents.list',
  z.strictObject({ ...PageRequest }),
  pageOf(Incident),
);
