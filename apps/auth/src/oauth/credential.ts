import { z } from 'zod';

/** What lies sealed in a connection. */
export const Credential = z.object({
  accessToken: z.string(),
  tokenType: z.string(),
  refreshToken: z.string().nullable(),
  /** ISO 8601; null when the provider did not say. */
  expiresAt: z.string().nullable(),
  scope: z.string().nullable(),
});
export type Credential = z.infer<typeof Credential>;

/** How an access token is sent to a resource: RFC 6750, section 2.1. */
export function bearerHeaders(credential: Credential): Record<string, string> {
  return { authorization: `Bearer ${credential.accessToken}` };
}
