import type { AuthSpec, InstalledToolkit } from '@patchbay/toolkits';
import type { AuthConfigSettings } from './auth-config.entity.js';

/** Scopes as people write them: joined by spaces or commas. An empty text is none of them. */
export function readScopes(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}

/**
 * What a sign-in asks for: the config's own list, which may be empty, else the least that its tools need, else the
 * toolkit's.
 */
export function scopesFor(
  toolkit: InstalledToolkit,
  settings: AuthConfigSettings,
  standard: string[],
): string[] {
  if (settings.scopes) return settings.scopes;
  if (!settings.toolsForConnecting) return standard;
  return neededBy(toolkit, settings, (token) => token !== 'user');
}

/** What it asks for of the person's own, where the provider tells that from the app's. */
export function userScopesFor(toolkit: InstalledToolkit, settings: AuthConfigSettings): string[] {
  return settings.userScopes ?? neededBy(toolkit, settings, (token) => token === 'user');
}

/** All that the person is asked for, as the page shows it. */
export function allScopesFor(
  toolkit: InstalledToolkit,
  settings: AuthConfigSettings,
  spec: AuthSpec & { scopes: string[] },
): string[] {
  const asks = spec.scheme === 'OAUTH2' && spec.userScopeParameter;
  const own = asks ? userScopesFor(toolkit, settings) : [];
  return [...new Set([...scopesFor(toolkit, settings, spec.scopes), ...own])];
}

function neededBy(
  toolkit: InstalledToolkit,
  { toolsForConnecting }: AuthConfigSettings,
  isMeant: (token: 'user' | undefined) => boolean,
): string[] {
  const needed = toolkit.tools.filter(
    ({ slug, token }) => toolsForConnecting?.includes(slug) && isMeant(token),
  );
  return [...new Set(needed.flatMap(({ scopes = [] }) => scopes))];
}
