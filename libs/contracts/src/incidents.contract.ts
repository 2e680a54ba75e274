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

/** What makes no sense together. @returns the field, and what is wrong with it */
export function incidentIssues({
  projectId,
  userId,
  toolkit,
  acts,
}: {
  projectId?: string | undefined;
  userId?: string | undefined;
  toolkit?: string | undefined;
  acts: readonly IncidentAct[];
}): ['userId' | 'acts', string][] {
  const issues: ['userId' | 'acts', string][] = [];
  if (userId && !projectId) issues.push(['userId', 'is a user of a project: name the project too']);
  if (acts.includes('keys') && (userId || toolkit))
    issues.push(['acts', 'keys are of projects, not of a user or a toolkit']);
  if (acts.includes('access') && toolkit) issues.push(['acts', 'access is to sessions, not to a toolkit']);
  return issues;
}

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
    .superRefine((asked, context) => {
      for (const [field, message] of incidentIssues(asked))
        context.addIssue({ code: 'custom', path: [field], message });
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
