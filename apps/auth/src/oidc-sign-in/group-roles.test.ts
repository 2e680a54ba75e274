import { describe, expect, it } from 'vitest';
import { changesTo, groupsIn, rolesOf } from './group-roles.js';

describe('the groups in a person’s claims', () => {
  it.each([
    ['a list', { groups: ['a', 'b'] }, 'groups', ['a', 'b']],
    ['one text', { groups: 'a' }, 'groups', ['a']],
    ['a list inside of another claim', { realm_access: { roles: ['a'] } }, 'realm_access.roles', ['a']],
    ['a claim whose name has dots', { 'https://x.example/groups': ['a'] }, 'https://x.example/groups', ['a']],
    ['what is no group left out', { groups: ['a', 7, null, { b: 1 }] }, 'groups', ['a']],
    ['nothing', {}, 'groups', undefined],
    ['nothing of what every object has', {}, 'constructor.name', undefined],
    ['nothing where no list can be', { groups: 7 }, 'groups', undefined],
  ])('are read as %s', (_, claims, name, groups) => {
    expect(groupsIn(claims, name)).toEqual(groups);
  });
});

describe('the roles of groups', () => {
  const mapping = {
    admins: 'owner',
    staff: 'viewer',
    payments: { proj_pay: 'developer' },
    auditors: { proj_pay: 'viewer', proj_log: 'viewer' },
  } as const;

  it('are the greatest that any of them gives, and none where none does', () => {
    expect(rolesOf(mapping, ['staff', 'admins', 'auditors', 'payments'])).toEqual({
      role: 'owner',
      projectRoles: { proj_pay: 'developer', proj_log: 'viewer' },
    });
    expect(rolesOf(mapping, ['strangers'])).toEqual({
      role: null,
      projectRoles: { proj_pay: null, proj_log: null },
    });
  });

  it('leave alone what the setting says nothing about', () => {
    expect(rolesOf({ payments: { proj_pay: 'developer' } }, ['payments'])).toEqual({
      projectRoles: { proj_pay: 'developer' },
    });
  });

  it('reach everybody by a star', () => {
    expect(rolesOf({ '*': 'viewer' }, [])).toEqual({ role: 'viewer', projectRoles: {} });
  });

  it('change only what is different', () => {
    const person = { role: 'viewer', projectRoles: { proj_pay: 'developer', proj_own: 'owner' } } as const;
    expect(changesTo(person, { role: 'viewer', projectRoles: { proj_pay: 'developer' } })).toBeUndefined();
    expect(changesTo(person, { projectRoles: {} })).toBeUndefined();
    expect(changesTo(person, { role: null, projectRoles: { proj_pay: null, proj_log: null } })).toEqual({
      role: null,
      projectRoles: { proj_pay: null },
    });
  });
});
