import { AuthScheme, TextValue, UserId, type CustomAuth, type GivenCredential } from '@patchbay/contracts';
import { z } from 'zod';
import { shownAs } from '../http/index.js';

/** Numbers too large for a double come as something else than numbers. */
export const ParameterValue = shownAs(TextValue, { type: ['string', 'number', 'boolean'] });

/*
 * A field that is not known here is refused by name: it could be meant to say whose account is used, or how.
 */

/** `val` is what an account's state holds, without its status (docs/api/tools.md#execute). */
export const CustomConnectionData = z
  .strictObject({
    authScheme: AuthScheme,
    toolkitSlug: z.string().min(1).max(100),
    val: z.record(z.string(), z.unknown()),
  })
  .optional();
export type CustomConnectionData = z.output<typeof CustomConnectionData>;

const CustomAuthParams = z
  .strictObject({
    base_url: z.url({ protocol: /^https?$/ }).optional(),
    parameters: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(200),
          in: z.enum(['query', 'header']),
          value: ParameterValue,
        }),
      )
      .max(50)
      .optional(),
    body: z.record(z.string(), z.unknown()).optional(),
  })
  .optional();

export const DirectCallBody = z.strictObject({
  user_id: UserId.nullish(),
  /** The name that `user_id` had before. */
  entity_id: UserId.nullish(),
  connected_account_id: z.string().min(1).max(200).nullish(),
  arguments: z.record(z.string(), z.unknown()).nullish(),
  text: z.string().min(1).max(20_000).nullish(),
  version: z.string().min(1).max(50).nullish(),
  custom_auth_params: CustomAuthParams,
  custom_connection_data: CustomConnectionData,
  /** Of the hosted service's tracing; a call here is the same without it. */
  allow_tracing: z.unknown().optional(),
});
export type DirectCallBody = z.output<typeof DirectCallBody>;

export const InputBody = z.object({
  text: z.string().min(1).max(20_000),
  custom_description: z.string().max(20_000).optional(),
  system_prompt: z.string().max(20_000).optional(),
  version: z.string().min(1).max(50).optional(),
});

export function toCredential(data: CustomConnectionData): GivenCredential | undefined {
  return data && { scheme: data.authScheme, values: data.val };
}

export function toCustomAuth(params: z.output<typeof CustomAuthParams>): CustomAuth | undefined {
  if (!params) return undefined;
  const { base_url: baseUrl, parameters = [], body } = params;
  return { parameters, ...(baseUrl && { baseUrl }), ...(body && { body }) };
}
