import { z } from 'zod';
import { defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';
import { Name } from './people.contract.js';
import { SessionScope } from './session-scope.js';

const SavedConfigSummary = z.object({
  id: z.string(),
  name: z.string(),
  /** No session may take it any more; those that did keep what they took. */
  archived: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SavedConfigSummary = z.infer<typeof SavedConfigSummary>;

/** A scope under a name, which sessions of the project take as a copy: a change of it changes none of them. */
export const SavedConfig = SavedConfigSummary.extend({
  description: z.string().nullable(),
  scope: SessionScope,
});
export type SavedConfig = z.infer<typeof SavedConfig>;

const SavedConfigKey = { projectId: idSchema('project'), id: idSchema('savedConfig') };
/** What a saved configuration holds. */
export const SavedConfigFields = {
  name: Name,
  description: z.string().max(1_000).nullable(),
  scope: SessionScope,
};

/** A name that another one of the project has, archived or not: `conflict`. */
export const createSavedConfig = defineRequest(
  'sessions.savedConfigs.create',
  z.strictObject({
    projectId: idSchema('project'),
    ...SavedConfigFields,
    description: SavedConfigFields.description.default(null),
  }),
  SavedConfig,
);
export const getSavedConfig = defineRequest(
  'sessions.savedConfigs.get',
  z.strictObject(SavedConfigKey),
  SavedConfig,
);
/** Newest first: the archived ones, or all others. */
export const listSavedConfigs = defineRequest(
  'sessions.savedConfigs.list',
  z.strictObject({
    projectId: idSchema('project'),
    archived: z.boolean().default(false),
    /** A part of the name, in any case. */
    search: z.string().max(200).optional(),
    ...PageRequest,
  }),
  pageOf(SavedConfigSummary),
);
/** The scope is replaced whole. */
export const updateSavedConfig = defineRequest(
  'sessions.savedConfigs.update',
  z.strictObject({
    ...SavedConfigKey,
    changes: z.strictObject({ ...SavedConfigFields, archived: z.boolean() }).partial(),
  }),
  SavedConfig,
);
