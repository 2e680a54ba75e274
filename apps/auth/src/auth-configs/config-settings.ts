import type { InputOf, updateAuthConfig } from '@patchbay/contracts';
import type { AuthConfig } from '../accounts/index.js';

type Settings = Pick<
  InputOf<typeof updateAuthConfig>,
  'name' | 'scopes' | 'userScopes' | 'allowedTools' | 'toolsForConnecting' | 'isEnabledForSessions'
>;

/** What of a config is no credential, as it was given. */
export function applySettings(row: AuthConfig, given: Settings): void {
  const { settings } = row;
  // To ask for no scopes is something of its own, as for an app of which only the person's token is wanted.
  if (given.scopes !== undefined) settings.scopes = given.scopes;
  if (given.userScopes !== undefined) settings.userScopes = given.userScopes;
  for (const name of ['allowedTools', 'toolsForConnecting'] as const) {
    const value = given[name];
    // An empty list clears, as null does: a list that allows nothing has no use.
    if (value !== undefined) settings[name] = value && value.length > 0 ? value : null;
  }
  if (given.name !== undefined) row.name = given.name;
  if (given.isEnabledForSessions !== undefined) row.isEnabledForSessions = given.isEnabledForSessions;
}
