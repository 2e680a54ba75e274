import { Injectable } from '@nestjs/common';
import {
  AppError,
  pageOfList,
  type checkTriggerConfig,
  type getTriggerType,
  type InputOf,
  type listTriggerSlugs,
  type listTriggerTypes,
  type OutputOf,
  type ToolVersions,
} from '@patchbay/contracts';
import { versionFor } from '../toolkits/index.js';
import { TriggerCatalogue, type TriggerEntry } from './trigger.catalogue.js';
import { checkConfig } from './trigger-config.js';

/** What can be waited for. Every project has the same types. */
@Injectable()
export class TriggerTypesService {
  constructor(private readonly catalogue: TriggerCatalogue) {}

  list(input: InputOf<typeof listTriggerTypes>): OutputOf<typeof listTriggerTypes> {
    const { toolkits, versions } = input;
    const found = this.catalogue.entries.filter(
      (entry) => (!toolkits || toolkits.includes(entry.toolkit.slug)) && isOfVersion(entry, versions),
    );
    return pageOfList(
      found.map(({ type }) => type),
      input,
    );
  }

  slugs({ toolkits }: InputOf<typeof listTriggerSlugs>): string[] {
    return this.catalogue.entries
      .filter(({ toolkit }) => !toolkits || toolkits.includes(toolkit.slug))
      .map(({ spec }) => spec.slug);
  }

  get({ slug, versions }: InputOf<typeof getTriggerType>): OutputOf<typeof getTriggerType> {
    return this.entry(slug, versions).type;
  }

  check({ slug, versions, config }: InputOf<typeof checkTriggerConfig>): OutputOf<typeof checkTriggerConfig> {
    const { type, spec } = this.entry(slug, versions);
    return { type, ...checkConfig(spec, config) };
  }

  /** @throws AppError `trigger_type_not_found`, also for a version that there is none of */
  entry(slug: string, versions?: ToolVersions): TriggerEntry {
    const entry = this.catalogue.find(slug);
    if (!entry) {
      const near = this.catalogue.near(slug);
      throw new AppError('trigger_type_not_found', `There is no trigger type ${slug}.`, {
        suggestion: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'List the types of the toolkit.',
      });
    }
    if (isOfVersion(entry, versions)) return entry;
    const { spec, toolkit } = entry;
    const wanted = versionFor(versions, toolkit.slug) ?? '';
    throw new AppError('trigger_type_not_found', `There is no version ${wanted} of ${spec.slug}.`, {
      suggestion: `The version of ${toolkit.slug} is ${toolkit.version}.`,
    });
  }
}

function isOfVersion({ toolkit }: TriggerEntry, versions: ToolVersions | undefined): boolean {
  const wanted = versionFor(versions, toolkit.slug);
  return wanted === undefined || wanted === toolkit.version;
}
