import type { InstalledToolkit } from '@patchbay/toolkits';
import type { AuthConfigSettings } from './auth-config.entity.js';

/** Scopes as people write them: joined by spaces or commas. */
export function readScopes(text: string): string[] | null {
  const scopes = text.split(/[\s,]+/).filter(Boolean);
  return scopes.length > 0 ? scopes : null;
}

/** What a sign-in asks for: the config's own list, else the least that its tools need, else the toolkit's. */
export function scopesFor(
  toolkit: InstalledToolkit,
  settings: AuthConfigSettings,
  standard: string[],
): string[] {
  if (settings.scopes) return settings.scopes;
  const { toolsForConnecting } = settings;
  if (!toolsForConnecting) return standard;
  const needed = toolkit.tools.filter(({ slug }) => toolsForConnecting.includes(slug));
  return [...new Set(needed.flatMap(({ scopes = [] }) => scopes))];
}
