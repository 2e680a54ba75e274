import type { JsonSchema, TriggerMechanism, TriggerType } from '@patchbay/contracts';
import { toJsonSchema, type InstalledToolkit, type TriggerSpec } from '@patchbay/toolkits';
import { intervalSchema } from './trigger-config.js';

/** A type with what is needed to show it and to run it. */
export interface TriggerEntry {
  type: TriggerType;
  spec: TriggerSpec;
  toolkit: InstalledToolkit;
}

/** All trigger types of this installation, in memory, in the order in which they are declared. */
export class TriggerCatalogue {
  readonly entries: readonly TriggerEntry[];
  private readonly bySlug: ReadonlyMap<string, TriggerEntry>;

  /** @param reachable whether providers can send webhooks here */
  constructor(installed: readonly InstalledToolkit[], reachable: boolean) {
    this.entries = installed.flatMap((toolkit) =>
      (toolkit.triggers ?? []).map((spec) => ({ toolkit, spec, type: describe(toolkit, spec, reachable) })),
    );
    const bySlug = new Map(this.entries.map((entry) => [entry.spec.slug, entry]));
    if (bySlug.size !== this.entries.length) throw new Error('Two trigger types have the same slug');
    for (const entry of this.entries) {
      for (const alias of entry.spec.aliases ?? []) if (!bySlug.has(alias)) bySlug.set(alias, entry);
    }
    this.bySlug = bySlug;
  }

  /** By its slug in upper case, or one that it had before. */
  find(slug: string): TriggerEntry | undefined {
    return this.bySlug.get(slug);
  }

  /** Slugs that have words of this one in them, the likeliest first. */
  near(slug: string): string[] {
    const words = new Set(slug.split('_').filter((word) => !UNTELLING.has(word)));
    const score = (other: string) => other.split('_').filter((word) => words.has(word)).length;
    return this.entries
      .map(({ spec }) => ({ slug: spec.slug, score: score(spec.slug) }))
      .filter(({ score: shared }) => shared > 0)
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 3)
      .map(({ slug: other }) => other);
  }
}

/** Half of all slugs have them. */
const UNTELLING = new Set(['TRIGGER', 'EVENT', 'NEW']);

function describe(toolkit: InstalledToolkit, spec: TriggerSpec, reachable: boolean): TriggerType {
  const { slug, name, logo, version } = toolkit;
  const mechanisms: TriggerMechanism[] = [
    ...(spec.webhook ? (['webhook'] as const) : []),
    ...(spec.poll ? (['poll'] as const) : []),
  ];
  const mechanism = spec.webhook && (reachable || !spec.poll) ? 'webhook' : 'poll';
  return {
    slug: spec.slug,
    name: spec.name,
    description: spec.description,
    instructions: spec.instructions ?? '',
    toolkit: { slug, name, logo },
    version,
    mechanisms,
    mechanism,
    servable: reachable || spec.poll !== undefined,
    ...(spec.webhook && { webhookModel: spec.webhook.receiver.model }),
    ...(spec.webhook?.hints && { hinted: true }),
    config: configSchema(spec, mechanism),
    payload: { title: `${spec.name}: payload`, ...toJsonSchema(spec.payload, 'output') },
    scopes: spec.scopes ?? [],
    ...(spec.aliases && { aliases: spec.aliases }),
  };
}

function configSchema({ config, name }: TriggerSpec, mechanism: TriggerMechanism): JsonSchema {
  const shown = mechanism === 'poll' ? config.extend({ interval: intervalSchema }) : config;
  const { type, ...schema } = toJsonSchema(shown, 'input');
  return { type, title: `${name}: settings`, ...schema };
}
