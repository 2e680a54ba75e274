import { z } from 'zod';
import { defineEvent, defineRequest } from './define.js';
import { idSchema } from './ids.js';
import { PageRequest, pageOf } from './page.js';

/** What a person may do, from least to most (docs/api/people.md#roles). */
export const Role = z.enum(['viewer', 'developer', 'owner']);
export type Role = z.infer<typeof Role>;

/** @param role null for who has none */
export function roleReaches(role: Role | null, wanted: Role): boolean {
  return role !== null && Role.options.indexOf(role) >= Role.options.indexOf(wanted);
}

/** Somebody who works with the platform. The users of its projects are others: those have no role, and no key. */
export const Person = z.object({
  id: z.string(),
  /** Lower case, and no other person's. */
  email: z.string(),
  name: z.string(),
  /** In the organisation, and so in every project of it. Null: in the projects of `projectRoles` alone. */
  role: Role.nullable(),
  /** By the project's id. In a project the greater of the two roles counts. */
  projectRoles: z.record(z.string(), Role),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Person = z.infer<typeof Person>;

/** The role that counts in a project. */
export function roleIn({ role, projectRoles }: Pick<Person, 'role' | 'projectRoles'>, projectId: string) {
  const own = projectRoles[projectId] ?? null;
  return own && !roleReaches(role, own) ? own : role;
}

/** A person's key without the key: `hint` shows its first and last characters. */
export const UserKey = z.object({
  id: z.string(),
  name: z.string(),
  hint: z.string(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  /** To about five minutes; null: never. */
  lastUsedAt: z.string().nullable().default(null),
});
export type UserKey = z.infer<typeof UserKey>;
/** The plain key is in the answer of its creation and nowhere else. */
export const NewUserKey = UserKey.extend({ key: z.string() });
export type NewUserKey = z.infer<typeof NewUserKey>;

const PersonKey = { personId: idSchema('person') };
/** A name that is not blank. */
export const Name = z.string().min(1).max(100).regex(/\S/, 'must not be blank').trim();
const MOST_PROJECT_ROLES = 1_000;
export const rolesBy = <T extends z.ZodType>(role: T) =>
  z.record(idSchema('project'), role).refine((roles) => Object.keys(roles).length <= MOST_PROJECT_ROLES, {
    message: `may name ${MOST_PROJECT_ROLES} projects`,
  });

export const Email = z.email().regex(z.regexes.html5Email).max(254).toLowerCase();

export const createPerson = defineRequest(
  'auth.people.create',
  z.strictObject({
    email: Email,
    name: Name,
    role: Role.nullable().default(null),
    projectRoles: rolesBy(Role).default({}),
  }),
  Person,
);
export const getPerson = defineRequest(
  'auth.people.get',
  z.strictObject(PersonKey),
  z.object({ person: Person, keys: z.array(UserKey) }),
);
export const listPeople = defineRequest(
  'auth.people.list',
  z.strictObject({ ...PageRequest }),
  pageOf(Person),
);
/** Of `projectRoles` those that are named change; null takes the role away. */
export const updatePerson = defineRequest(
  'auth.people.update',
  z.strictObject({
    ...PersonKey,
    changes: z.strictObject({
      name: Name.optional(),
      role: Role.nullable().optional(),
      projectRoles: rolesBy(Role.nullable()).optional(),
    }),
  }),
  Person,
);
/** Ends the person's keys as well. */
export const deletePerson = defineRequest(
  'auth.people.delete',
  z.strictObject(PersonKey),
  z.object({ id: z.string() }),
);
/** What a person may do has changed; `keys` are those that were remembered with what it was before. */
export const personUpdated = defineEvent(
  'events.auth.person.updated',
  z.object({
    personId: z.string(),
    keys: z.array(z.object({ keyId: z.string(), sha256: z.string() })),
  }),
);

export const KeyEnd = z.iso.datetime({ offset: true });

export const createUserKey = defineRequest(
  'auth.userKeys.create',
  z.strictObject({
    ...PersonKey,
    name: Name,
    /** ISO 8601; null for a key without an end. */
    expiresAt: KeyEnd.nullable().default(null),
  }),
  NewUserKey,
);
export const revokeUserKey = defineRequest(
  'auth.userKeys.revoke',
  z.strictObject({ ...PersonKey, keyId: idSchema('apiKey') }),
  z.object({ id: z.string() }),
);
/** For the finder of leaked keys, as `revokeLeakedKeys` is for those of projects. */
export const revokeLeakedUserKeys = defineRequest(
  'auth.userKeys.revokeLeaked',
  z.strictObject({ sha256: z.array(z.string().length(64)).min(1).max(100) }),
  z.object({ received: z.int() }),
);

/** The one that an installation has. */
export const Organisation = z.object({ id: z.string(), name: z.string(), createdAt: z.string() });
export type Organisation = z.infer<typeof Organisation>;

/** How somebody signed in to the console: by a one-time link, by their password, or at the operator's OpenID provider. */
export const SignInWay = z.enum(['link', 'password', 'oidc']);
export type SignInWay = z.infer<typeof SignInWay>;

/** Whose a person's key, or session of the console, is, and what they may do. */
export const KeyHolder = z.object({
  /** The key's, or the session's. */
  keyId: z.string(),
  person: Person,
  organisation: Organisation,
  /** The oldest project in which the person has a role: meant where a request names none. */
  homeProjectId: z.string().nullable(),
  /** ISO 8601. Who remembers the answer refuses the key from then on by itself. */
  expiresAt: z.string().nullable(),
  /** Of a session of the console; a key has none. */
  session: z.object({ signedInBy: SignInWay, createdAt: z.string(), hasPassword: z.boolean() }).optional(),
});
export type KeyHolder = z.infer<typeof KeyHolder>;

/** The key's SHA-256 travels, never the key. Unknown, revoked or expired: `unauthenticated`. */
export const verifyUserKey = defineRequest(
  'auth.userKeys.verify',
  z.strictObject({ sha256: z.string().length(64) }),
  KeyHolder,
);
