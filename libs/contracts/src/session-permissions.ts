import { z } from 'zod';

/** Stands for the account of tools that need none. */
export const NO_ACCOUNT = '__none__';

/** A tool with the account it acts on, or `*` for all tools of that account; `__none__`: tools without one. */
const PermissionKey = z
  .string()
  .regex(
    /^([A-Za-z0-9_-]{1,200}|\*):(ca_[A-Za-z0-9_-]{1,64}|__none__)$/,
    'must be <TOOL_SLUG or *>:<ca_… or __none__>',
  )
  .transform((key) => {
    const [tool = '', account = ''] = key.split(':');
    return `${tool.toUpperCase()}:${account}`;
  });

/** Which calls a person is asked about first, by clients that can ask; from others they are refused. */
export const SessionPermissions = z.strictObject({
  default: z.enum(['allow_all', 'ask_every_call', 'ask_once_per_session']),
  overrides: z
    .record(PermissionKey, z.enum(['always_allow', 'always_deny', 'ask_once', 'ask_always']))
    .default({}),
});
export type SessionPermissions = z.infer<typeof SessionPermissions>;

/** A session's permissions with what a person has allowed by now, as they travel with a call. */
export const CallPermissions = SessionPermissions.extend({
  /** Keys for as long as the session lives. */
  allowedForSession: z.array(z.string()),
  /** Keys for this call and no other. */
  allowedForCall: z.array(z.string()),
});
export type CallPermissions = z.infer<typeof CallPermissions>;
