import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { TriggerType } from '@patchbay/contracts';
import { findBreaches, installedToolkits } from '@patchbay/toolkits';
import { TriggerCatalogue } from '../../src/triggers/trigger.catalogue.js';

const toolkits = await installedToolkits({});
const catalogue = new TriggerCatalogue(toolkits, true);
const { entries } = catalogue;

describe('a shipped trigger type', () => {
  it('is one of many', () => {
    expect(entries.length).toBeGreaterThanOrEqual(80);
    expect(new Set(entries.map(({ toolkit }) => toolkit.slug)).size).toBeGreaterThanOrEqual(15);
  });

  it.each(entries.map((entry) => [entry.spec.slug, entry] as const))(
    '%s is described in full',
    (slug, entry) => {
      const { type, toolkit, spec } = entry;
      expect(TriggerType.parse(type)).toEqual(type);
      expect(slug).toMatch(/^[A-Z][A-Z0-9_]*$/);
      expect(slug.startsWith(`${toolkit.slug.toUpperCase()}_`)).toBe(true);
      expect(type.description).toMatch(/^[A-Z].{15,}\.$/);
      expect(type.mechanisms.length).toBeGreaterThan(0);
      expect(type.config).toMatchObject({ type: 'object', title: expect.any(String) as string });
      expect(type.payload).toMatchObject({ type: 'object' });
      expect(findBreaches(slug, type.config)).toEqual([]);
      for (const alias of spec.aliases ?? []) expect(catalogue.find(alias)).toBe(entry);
      const fields = { ...(type.config['properties'] as object), ...(type.payload['properties'] as object) };
      const undescribed = Object.entries(fields as Record<string, { description?: string }>).filter(
        ([, { description }]) => !description,
      );
      expect(undescribed).toEqual([]);
    },
  );

  it('takes webhooks by one receiver a toolkit, of its own', () => {
    for (const { spec, toolkit } of entries) {
      expect(spec.webhook?.receiver.toolkit ?? toolkit.slug).toBe(toolkit.slug);
    }
  });
});

describe('webhooks without a catalogue', () => {
  it('load no imported tools', async () => {
    const entry = await readFile(
      new URL('../../../../libs/toolkits/src/webhooks.ts', import.meta.url),
      'utf8',
    );
    expect(entry).not.toMatch(/catalogue\.js|shipped\.js|manifest\.js/);
  });
});
