import { idSchema, Role } from '@patchbay/contracts';
import { z } from 'zod';

/** What a group of the provider may do: in the organisation, or in some of its projects by their ids. */
const Granted = z.union([Role, z.record(idSchema('project'), Role)]);
const GroupRoles = z.record(z.string().min(1), Granted);
export type GroupRoles = z.infer<typeof GroupRoles>;

const ROLES_FORM =
  'must be JSON such as {"platform": "owner", "payments": {"proj_…": "developer"}, "*": "viewer"}';

/** The operator's OpenID provider (docs/console.md#your-own-provider). */
export const oidcSettings = {
  /** Its issuer identifier, as its discovery document has it. Without it nobody signs in that way. */
  PATCHBAY_OIDC_ISSUER: z
    .url({ protocol: /^https?$/, message: 'must look like https://login.example.com' })
    .refine((url) => !/[?#]/.test(url), { message: 'has neither a query nor a fragment' })
    .optional(),
  PATCHBAY_OIDC_CLIENT_ID: z.string().min(1).optional(),
  /** Without it we are a public client, with PKCE alone. */
  PATCHBAY_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** What the button calls it; without it the issuer's host. */
  PATCHBAY_OIDC_NAME: z.string().trim().min(1).max(50).optional(),
  /** `openid` is asked for in any case. */
  PATCHBAY_OIDC_SCOPES: z
    .string()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e ]*$/)
    .default('openid email profile'),
  /** The claim that holds the person's groups; dots lead into objects, as in `realm_access.roles`. */
  PATCHBAY_OIDC_GROUPS_CLAIM: z.string().min(1).max(200).default('groups'),
  /** Which role each group gives. Without it people are let in by owners, and the provider only says who they are. */
  PATCHBAY_OIDC_ROLES: z
    .string()
    .transform((text, context) => {
      const roles = GroupRoles.safeParse(jsonOf(text));
      if (roles.success) return roles.data;
      context.addIssue({ code: 'custom', message: ROLES_FORM });
      return z.NEVER;
    })
    .optional(),
  /** Believes an address that the provider does not call verified: for one that gives out the addresses itself. */
  PATCHBAY_OIDC_TRUST_EMAIL: z.stringbool().default(false),
};
export type OidcSettings = z.output<z.ZodObject<typeof oidcSettings>>;

/** An issuer without a client is half a provider. Plain http is for one on the same machine. */
export function requireWholeOidc(
  {
    PATCHBAY_OIDC_ISSUER: issuer,
    PATCHBAY_OIDC_CLIENT_ID: client,
    PATCHBAY_OIDC_TRUST_EMAIL: trustsEmail,
  }: OidcSettings,
  context: z.RefinementCtx,
): void {
  const refuse = (name: string, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  if (issuer && !client) refuse('PATCHBAY_OIDC_CLIENT_ID', 'is missing, beside PATCHBAY_OIDC_ISSUER');
  if (client && !issuer) refuse('PATCHBAY_OIDC_ISSUER', 'is missing, beside PATCHBAY_OIDC_CLIENT_ID');
  if (issuer && !isSafe(new URL(issuer)))
    refuse('PATCHBAY_OIDC_ISSUER', 'must be https, unless it is on this machine');
  if (issuer && trustsEmail && isOfAllTenants(new URL(issuer)))
    refuse(
      'PATCHBAY_OIDC_TRUST_EMAIL',
      'is for one tenant: name it in PATCHBAY_OIDC_ISSUER, as in each other tenant somebody gives out any address',
    );
}

/** Entra ID's issuers for whoever has an account at any organisation, or at none. */
function isOfAllTenants({ hostname, pathname }: URL): boolean {
  return hostname === 'login.microsoftonline.com' && /^\/(common|organizations|consumers)\b/i.test(pathname);
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
