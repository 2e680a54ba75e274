import { Alias, AuthScheme, CallbackUrl, idSchema, UserId, UserIds } from '@patchbay/contracts';
import { z } from 'zod';

/*
 * The bodies of connected accounts on the wire (docs/api/connected-accounts.md#an-account), translated into the domain's words.
 * A field that is not known here is refused by name: it could be meant to say who may use the account.
 */

const AccessList = z
  .strictObject({
    allow_all_users: z.boolean().optional(),
    allowed_user_ids: UserIds.optional(),
    not_allowed_user_ids: UserIds.optional(),
  })
  .transform((list) => ({
    ...(list.allow_all_users !== undefined && { allowAllUsers: list.allow_all_users }),
    ...(list.allowed_user_ids && { allowedUserIds: list.allowed_user_ids }),
    ...(list.not_allowed_user_ids && { notAllowedUserIds: list.not_allowed_user_ids }),
  }));

/** `experimental` of every body about an account: its type, and who may use a shared one. */
export const AccountExperimental = z
  .strictObject({
    account_type: z.enum(['PRIVATE', 'SHARED']).optional(),
    acl_config_for_shared: AccessList.optional(),
  })
  .transform(({ account_type: accountType, acl_config_for_shared: accessList }) => ({
    ...(accountType && { accountType }),
    ...(accessList && { accessList }),
  }))
  .optional();

const State = z.strictObject({ authScheme: z.string(), val: z.record(z.string(), z.unknown()) });

export const CreateAccountBody = z
  .strictObject({
    auth_config: z.strictObject({ id: idSchema('authConfig') }),
    connection: z
      .strictObject({
        state: State.optional(),
        data: z.record(z.string(), z.unknown()).optional(),
        user_id: UserId.default('default'),
        alias: Alias.optional(),
        callback_url: CallbackUrl.optional(),
        redirect_uri: CallbackUrl.optional(),
        experimental: AccountExperimental,
        /** Of older clients, for the hosted service alone. */
        deprecated_is_v1_rerouted: z.unknown().optional(),
      })
      .prefault({}),
    validate_credentials: z.boolean().default(false),
  })
  .transform(({ auth_config: config, connection, validate_credentials: validate }) => ({
    authConfigId: config.id,
    userId: connection.user_id,
    alias: connection.alias,
    callbackUrl: connection.callback_url ?? connection.redirect_uri,
    values: withoutStatus(connection.state?.val ?? connection.data ?? {}),
    validate,
    ...connection.experimental,
  }));
export type CreateAccountBody = z.output<typeof CreateAccountBody>;

/** `status` in a state says that the credential is complete; it is no field of it. */
function withoutStatus(state: Record<string, unknown>): Record<string, unknown> {
  const { status: _, ...values } = state;
  return values;
}

/** What a sign-in at a provider is told is text: a value of another kind as JSON has it, none where it is null. */
export function textsOf(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === null ? [] : [[name, typeof value === 'string' ? value : JSON.stringify(value)]],
    ),
  );
}

export const LinkAccountBody = z
  .strictObject({
    auth_config_id: idSchema('authConfig'),
    user_id: UserId,
    alias: Alias.optional(),
    callback_url: CallbackUrl.optional(),
    connection_data: z.record(z.string(), z.unknown()).optional(),
    experimental: AccountExperimental,
  })
  .transform(({ auth_config_id: authConfigId, user_id: userId, alias, ...rest }) => ({
    authConfigId,
    userId,
    alias,
    callbackUrl: rest.callback_url,
    ...(rest.connection_data && { values: textsOf(rest.connection_data) }),
    ...rest.experimental,
  }));
export type LinkAccountBody = z.output<typeof LinkAccountBody>;

/** Of the developer's app, about the user whose browser came to the project's verifier. */
export const CompleteAuthBody = z
  .strictObject({ user_id: UserId, session_uri: z.string().min(1).max(200) })
  .transform(({ user_id: userId, session_uri: sessionUri }) => ({ userId, sessionUri }));
export type CompleteAuthBody = z.output<typeof CompleteAuthBody>;

export const UpdateAccountBody = z
  .strictObject({
    /** An empty one clears it. */
    alias: z.union([Alias, z.literal('')]).optional(),
    connection: z
      .strictObject({
        state: z
          .strictObject({ authScheme: AuthScheme, val: z.record(z.string(), z.string().nullable()) })
          .optional(),
      })
      .optional(),
    experimental: AccountExperimental,
  })
  .transform(({ alias, connection, experimental }) => ({
    alias,
    ...experimental,
    authScheme: connection?.state?.authScheme,
    values: connection?.state?.val,
  }));
export type UpdateAccountBody = z.output<typeof UpdateAccountBody>;
