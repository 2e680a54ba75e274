import { ProxyMethod } from '@patchbay/contracts';
import { z } from 'zod';
import { CustomConnectionData, ParameterValue } from './direct-call.body.js';

/** What is sent by base64 lies in the body of our own request, and has to fit there. */
const MAX_BASE64_CHARACTERS = Math.ceil((4 * 1024 * 1024 * 4) / 3);

const Common = {
  endpoint: z.string().min(1).max(8192),
  method: ProxyMethod,
  body: z.unknown().optional(),
  binary_body: z
    .union([
      z.strictObject({ url: z.url({ protocol: /^https?$/ }), content_type: z.string().max(200).optional() }),
      z.strictObject({
        base64: z.base64().min(1).max(MAX_BASE64_CHARACTERS),
        content_type: z.string().max(200).optional(),
      }),
    ])
    .optional(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(200),
        type: z.enum(['header', 'query']),
        value: ParameterValue,
      }),
    )
    .max(200)
    .nullish(),
  custom_connection_data: CustomConnectionData,
};

/** A field that is not known is refused by name: it could be meant to say whose account is used, or how. */
export const SessionProxyBody = z.strictObject({ ...Common, toolkit_slug: z.string().min(1).max(100) });
export const DirectProxyBody = z.strictObject({
  ...Common,
  connected_account_id: z.string().min(1).max(200).nullish(),
});

/** The part that both have, by the domain's names. */
export function toProxyRequest(body: Omit<z.output<typeof SessionProxyBody>, 'toolkit_slug'>) {
  const { endpoint, method, body: json, binary_body: binary, parameters } = body;
  return {
    endpoint,
    method,
    body: json,
    parameters: (parameters ?? []).map(({ name, type, value }) => ({ name, in: type, value })),
    ...(binary && {
      binaryBody: {
        ...('url' in binary ? { url: binary.url } : { base64: binary.base64 }),
        ...(binary.content_type && { contentType: binary.content_type }),
      } as { url: string; contentType?: string } | { base64: string; contentType?: string },
    }),
  };
}
