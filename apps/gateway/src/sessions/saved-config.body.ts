import { SavedConfigFields } from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery, queryBoolean } from '../http/index.js';
import { SCOPE_BLOCKS } from './session.body.js';

/*
 * Saved session configs on the wire (docs/api/sessions.md#saved-configs). What the values may be is checked by the domain's
 * own schema.
 */

const Scope = z.strictObject(SCOPE_BLOCKS).transform(({ toolkits, tools, tags }) => ({
  ...(toolkits && { toolkits }),
  ...(tools && { tools }),
  ...(tags && { tags }),
}));

export const NewSavedConfigBody = z
  .strictObject({
    name: SavedConfigFields.name,
    description: SavedConfigFields.description.optional(),
    config: Scope,
  })
  .transform(({ name, description, config }) => ({
    name,
    ...(typeof description === 'string' && { description }),
    scope: config,
  }));
export type NewSavedConfigBody = z.output<typeof NewSavedConfigBody>;

export const SavedConfigChangesBody = z
  .strictObject({
    name: SavedConfigFields.name.optional(),
    description: SavedConfigFields.description.optional(),
    config: Scope.optional(),
    archived: z.boolean().optional(),
  })
  .transform(({ config, ...rest }) => ({ ...rest, ...(config && { scope: config }) }));
export type SavedConfigChangesBody = z.output<typeof SavedConfigChangesBody>;

export const SavedConfigsQuery = z.object({
  ...pageQuery(100),
  search: z.string().max(200).optional(),
  archived: queryBoolean,
});
export type SavedConfigsQuery = z.output<typeof SavedConfigsQuery>;
