import { airtable } from './airtable/manifest.js';
import { asana } from './asana/manifest.js';
import { discord } from './discord/manifest.js';
import { discordbot } from './discordbot/manifest.js';
import { github } from './github/manifest.js';
import { gmail } from './gmail/manifest.js';
import { googlecalendar } from './googlecalendar/manifest.js';
import { googledocs } from './googledocs/manifest.js';
import { googledrive } from './googledrive/manifest.js';
import { googlesheets } from './googlesheets/manifest.js';
import { googletasks } from './googletasks/manifest.js';
import { hackernews } from './hackernews/manifest.js';
import { hubspot } from './hubspot/manifest.js';
import { jira } from './jira/manifest.js';
import { linear } from './linear/manifest.js';
import { notion } from './notion/manifest.js';
import { readOperatorModule } from './operator-module.js';
import { outlook } from './outlook/manifest.js';
import { applyOverrides, readOverrides, type InstalledToolkit } from './overrides.js';
import { withImported } from './shipped.js';
import { salesforce } from './salesforce/manifest.js';
import { slack } from './slack/manifest.js';
import { stripe } from './stripe/manifest.js';
import { time } from './time/manifest.js';
import type { ToolkitSpec } from './toolkit.js';
import { trello } from './trello/manifest.js';
import { webfetch } from './webfetch/manifest.js';
import { zoom } from './zoom/manifest.js';

/** The toolkits written by hand. A new one is a folder beside these and a line here; an imported one needs neither. */
const WRITTEN: readonly ToolkitSpec[] = [
  airtable,
  asana,
  discord,
  discordbot,
  github,
  gmail,
  googlecalendar,
  googledocs,
  googledrive,
  googlesheets,
  googletasks,
  hackernews,
  hubspot,
  jira,
  linear,
  notion,
  outlook,
  salesforce,
  slack,
  stripe,
  time,
  trello,
  webfetch,
  zoom,
];

/** Every toolkit that ships. */
export const SHIPPED_TOOLKITS: readonly ToolkitSpec[] = withImported(WRITTEN);

export interface CatalogueSettings {
  /** The operator's overrides, see `overrides.ts`. */
  PATCHBAY_TOOLKIT_OVERRIDES?: string | undefined;
  /** An ES module of the operator's own that exports `toolkits: ToolkitSpec[]`. */
  PATCHBAY_TOOLKITS_MODULE?: string | undefined;
}

/** The catalogue of this installation: what ships, what the operator adds, and the overrides over both. */
export async function installedToolkits(settings: CatalogueSettings): Promise<InstalledToolkit[]> {
  const added = await readOperatorModule(settings.PATCHBAY_TOOLKITS_MODULE);
  const shipped = SHIPPED_TOOLKITS.filter(({ slug }) => !added.some((own) => own.slug === slug));
  return applyOverrides([...shipped, ...added], readOverrides(settings.PATCHBAY_TOOLKIT_OVERRIDES));
}
