import { Role, SignInWay } from '@patchbay/contracts';
import { z } from 'zod';
import { StatusAnswer } from '../projects/index.js';
import { OrganisationAnswer, PersonAnswer } from '../people/index.js';

/* What the console's own routes answer (docs/console.md). */

export const ConsoleSessionAnswer = z
  .object({
    id: z.string(),
    person: PersonAnswer.extend({ has_password: z.boolean() }),
    organization: OrganisationAnswer,
    projects: z
      .array(z.object({ id: z.string(), name: z.string(), role: Role }))
      .describe('In which the person has a role, 200 at most.'),
    has_more_projects: z.boolean().describe('`GET /org/project/list` has them all.'),
    csrf_token: z
      .string()
      .describe('To be sent as `x-csrf-token` with every request that the cookie authenticates.'),
    signed_in_by: SignInWay,
    created_at: z.string(),
    expires_at: z.string().describe('When it ends if it is not used any more.'),
  })
  .meta({ id: 'ConsoleSession', description: 'Who is signed in to the console.' });

export const BrowsersAnswer = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      signed_in_by: SignInWay,
      address: z.string().nullable(),
      user_agent: z.string().nullable(),
      created_at: z.string(),
      last_seen_at: z.string(),
      expires_at: z.string(),
      current: z.boolean().describe('Whether it is the one that asks.'),
    }),
  ),
});

export const SignedOutAnswer = StatusAnswer.extend({
  provider_sign_out_url: z
    .string()
    .nullable()
    .describe('Who signed in at the OpenID provider is still signed in there; this ends it.'),
});

export const LinkHolderAnswer = z.object({
  email: z.string(),
  name: z.string(),
  is_new: z
    .boolean()
    .describe('They have neither a password nor a key yet, and have not signed in at the OpenID provider.'),
  expires_at: z.string(),
});

export const SignInWaysAnswer = z.object({
  link: z.boolean(),
  password: z.boolean(),
  oidc: z
    .object({
      name: z.string().describe('What people know the provider as.'),
      page: z
        .string()
        .describe('Where one begins: it comes back to this origin, and knows the browser there.'),
    })
    .nullable(),
});
