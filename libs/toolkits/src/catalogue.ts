import { github } from './github/manifest.js';
import { applyOverrides, readOverrides, type InstalledToolkit } from './overrides.js';
import { time } from './time/manifest.js';
import type { ToolkitSpec } from './toolkit.js';

/** Every toolkit that ships. A new one is a folder beside these and a line here. */
export const SHIPPED_TOOLKITS: readonly ToolkitSpec[] = [github, time];

/** The catalogue of this installation: what ships, with the operator's overrides. */
export function installedToolkits(overridesFile: string | undefined): InstalledToolkit[] {
  return applyOverrides(SHIPPED_TOOLKITS, readOverrides(overridesFile));
}
