import { idSchema, listTriggers, ToolVersions, TriggerConfig, UserId } from '@patchbay/contracts';
import { z } from 'zod';
import { pageQuery, queryBoolean, queryList, queryListOf, shownAs } from '../http/index.js';

/* Trigger instances on the wire (docs/triggers.md), under the names of the newer clients and of the older ones. */

/** What is sent as nothing: some clients send null for what was not set. */
const given = <S extends z.ZodType>(schema: S) => schema.nullish().transform((value) => value ?? undefined);

const old = (name: string) => ({ deprecated: true, description: `An older name of \`${name}\`.` });

export const UpsertTriggerBody = z
  .object({
    connected_account_id: given(idSchema('connection')),
    user_id: given(UserId),
    trigger_config: given(TriggerConfig),
    toolkit_versions: given(ToolVersions),
    connectedAuthId: given(idSchema('connection')).meta(old('connected_account_id')),
    triggerConfig: given(TriggerConfig).meta(old('trigger_config')),
    version: given(ToolVersions).meta(old('toolkit_versions')),
  })
  .transform((body) => ({
    connectionId: body.connected_account_id ?? body.connectedAuthId,
    userId: body.user_id,
    config: body.trigger_config ?? body.triggerConfig,
    versions: body.toolkit_versions ?? body.version,
  }));
export type UpsertTriggerBody = z.output<typeof UpsertTriggerBody>;

const asked = listTriggers.input.shape;
const oldList = (name: string) => queryList.meta(old(name));
/** Nothing is what clients send for a value that was not set. */
const booleanOrEmpty = shownAs(
  z.preprocess((value) => (value === '' || value === 'null' ? undefined : value), queryBoolean),
  { type: ['boolean', 'null'] },
).meta({ param: { allowEmptyValue: true } });

export const TriggersQuery = z
  .object({
    ...pageQuery(1000),
    user_ids: queryList,
    connected_account_ids: queryList,
    auth_config_ids: queryList,
    trigger_ids: queryList,
    trigger_names: queryListOf(asked.triggerSlugs.unwrap()),
    toolkit_slugs: queryListOf(asked.toolkits.unwrap()),
    show_disabled: booleanOrEmpty,
    disabled_reasons: queryListOf(asked.disabledReasons.unwrap()).describe(
      'Only those that are disabled for one of these.',
    ),
    userIds: oldList('user_ids'),
    connectedAccountIds: oldList('connected_account_ids'),
    authConfigIds: oldList('auth_config_ids'),
    triggerIds: oldList('trigger_ids'),
    triggerNames: queryListOf(asked.triggerSlugs.unwrap()).meta(old('trigger_names')),
    showDisabled: booleanOrEmpty.meta(old('show_disabled')),
    deprecatedConnectedAccountUuids: oldList('connected_account_ids'),
    deprecatedAuthConfigUuids: oldList('auth_config_ids'),
  })
  .transform((query) => ({
    userIds: query.user_ids ?? query.userIds,
    connectionIds:
      query.connected_account_ids ?? query.connectedAccountIds ?? query.deprecatedConnectedAccountUuids,
    authConfigIds: query.auth_config_ids ?? query.authConfigIds ?? query.deprecatedAuthConfigUuids,
    ids: query.trigger_ids ?? query.triggerIds,
    triggerSlugs: query.trigger_names ?? query.triggerNames,
    toolkits: query.toolkit_slugs,
    disabledReasons: query.disabled_reasons,
    includeDisabled: query.show_disabled ?? query.showDisabled ?? false,
    limit: query.limit,
    cursor: query.cursor,
  }));
export type TriggersQuery = z.output<typeof TriggersQuery>;

export const TriggerStatusBody = z.object({ status: z.enum(['enable', 'disable']) });
export type TriggerStatusBody = z.output<typeof TriggerStatusBody>;
