import { z } from 'zod';

/*
 * The bodies of connected accounts on the wire (docs/api/connected-accounts.md#an-account), translated into the domain's words.
 * A field that is not known here is refused by name: it could be meant to say who may use the account.
 */

const AccessList = z
  .strictObject({
    allow_all_users: z.boolean().optional(),
    allowed_user_ids: z.array(z.string()).optional(),
    not_allowed_user_ids: z.array(z.string()).optional(),
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
    auth_config: z.strictObject({ id: z.string() }),
    connection: z
      .strictObject({
        state: State.optional(),
        data: z.record(z.string(), z.unknown()).optional(),
        user_id: z.string().default('default'),
        alias: z.string().optional(),
        callback_url: z.string().optional(),
        redirect_uri: z.string().optional(),
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

export const LinkAccountBody = z
  .strictObject({
    auth_config_id: z.string(),
    user_id: z.string().min(1),
    alias: z.string().optional(),
    callback_url: z.string().optional(),
    connection_data: z.record(z.string(), z.unknown()).optional(),
    experimental: AccountExperimental,
  })
  .transform(({ auth_config_id: authConfigId, user_id: userId, alias, ...rest }) => ({
    authConfigId,
    userId,
    alias,
    callbackUrl: rest.callback_url,
    ...(rest.connection_data && {
      values: Object.fromEntries(
        Object.entries(rest.connection_data).map(([name, value]) => [name, String(value)]),
      ),
    }),
    ...rest.experimental,
  }));
export type LinkAccountBody = z.output<typeof LinkAccountBody>;

/** Of the developer's app, about the user whose browser came to the project's verifier. */
export const CompleteAuthBody = z
  .strictObject({ user_id: z.string().min(1), session_uri: z.string().min(1) })
  .transform(({ user_id: userId, session_uri: sessionUri }) => ({ userId, sessionUri }));
export type CompleteAuthBody = z.output<typeof CompleteAuthBody>;

export const UpdateAccountBody = z
  .strictObject({
    alias: z.string().optional(),
    connection: z
      .strictObject({
        state: z
          .strictObject({ authScheme: z.string(), val: z.record(z.string(), z.string().nullable()) })
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
