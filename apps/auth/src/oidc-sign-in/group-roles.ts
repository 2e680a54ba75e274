import { roleReaches, type Person, type Role } from '@patchbay/contracts';
import type { GroupRoles } from '../oidc.settings.js';

/** The group that everybody is in whom the provider knows. */
const EVERYBODY = '*';
const MOST_GROUPS = 10_000;

/** The roles that a person's groups give, in those places alone about which the setting says anything. */
export interface GrantedRoles {
  /** Undefined where no group has a role in the organisation: then it is an owner's to give. */
  role?: Role | null;
  projectRoles: Record<string, Role | null>;
}

/**
 * The groups in a person's claims.
 * @param name of the claim; one whose own name has dots comes before what lies inside others
 * @returns undefined when the provider says nothing about groups
 */
export function groupsIn(claims: Readonly<Record<string, unknown>>, name: string): string[] | undefined {
  const found = Object.hasOwn(claims, name) ? claims[name] : inside(claims, name.split('.'));
  if (typeof found === 'string') return [found];
  if (!Array.isArray(found)) return undefined;
  return found.filter((each): each is string => typeof each === 'string').slice(0, MOST_GROUPS);
}

function inside(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return inside((value as Record<string, unknown>)[name], rest);
}

/** The greatest role of each place, as whoever is in two groups has what either gives; null where none of theirs gives one. */
export function rolesOf(mapping: GroupRoles, groups: readonly string[]): GrantedRoles {
  const mine = new Set([EVERYBODY, ...groups]);
  const granted: GrantedRoles = { projectRoles: {} };
  for (const [group, given] of Object.entries(mapping)) {
    const isIn = mine.has(group);
    if (typeof given === 'string') granted.role = greater(granted.role, isIn ? given : null);
    else
      for (const [project, role] of Object.entries(given))
        granted.projectRoles[project] = greater(granted.projectRoles[project], isIn ? role : null);
  }
  return granted;
}

function greater(one: Role | null | undefined, other: Role | null): Role | null {
  if (!one) return other;
  return other && roleReaches(other, one) ? other : one;
}

/** What of it the person does not have yet, or has no more; undefined when all is as it should be. */
export function changesTo(
  person: Pick<Person, 'role' | 'projectRoles'>,
  { role, projectRoles }: GrantedRoles,
): GrantedRoles | undefined {
  const different = Object.entries(projectRoles).filter(
    ([project, wanted]) => (person.projectRoles[project] ?? null) !== wanted,
  );
  const isOther = role !== undefined && role !== person.role;
  if (!isOther && different.length === 0) return undefined;
  return { ...(isOther && { role }), projectRoles: Object.fromEntries(different) };
}
