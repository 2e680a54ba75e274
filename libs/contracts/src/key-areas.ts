import { z } from 'zod';

/** The parts of the API that a key may be let into one by one (docs/api/keys.md#scoped-keys). */
export const KeyArea = z.enum([
  'auth_configs',
  'connected_accounts',
  'tools',
  'tool_execution',
  'proxy_execute',
  'toolkits',
  'triggers',
  'webhooks',
  'observability',
  'session_management',
]);
export type KeyArea = z.infer<typeof KeyArea>;

/** To write is to read as well. */
export const KeyLevel = z.enum(['none', 'read', 'write']);
export type KeyLevel = z.infer<typeof KeyLevel>;

/** What a scoped key may do; an area that is not named is closed to it. */
export const KeyAreas = z.partialRecord(KeyArea, KeyLevel);
export type KeyAreas = z.infer<typeof KeyAreas>;

/** @param areas null for a key that is not scoped */
export function mayUse(areas: KeyAreas | null, area: KeyArea, wanted: KeyLevel): boolean {
  if (!areas) return true;
  const levels = KeyLevel.options;
  return levels.indexOf(areas[area] ?? 'none') >= levels.indexOf(wanted);
}
