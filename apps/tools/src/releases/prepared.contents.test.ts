import { describe, expect, it } from 'vitest';
import { installedToolkits, SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../toolkits/index.js';
import { contentOf, toolkitFrom } from './content.js';
import { preparedContents } from './prepared.contents.js';

describe('preparedContents', () => {
  it('is what the tools that ship are made into', async () => {
    const catalogue = new Catalogue(await installedToolkits({}));
    const prepared = await preparedContents();
    for (const { slug, version, awaitsAccount } of catalogue.toolkits) {
      if (awaitsAccount) continue;
      const entries = catalogue.entriesOf(slug);
      expect([slug, prepared(slug, entries)?.sha256]).toEqual([slug, contentOf(version, entries).sha256]);
    }
  });

  it('can be read as a toolkit again', async () => {
    const [toolkit] = await installedToolkits({});
    if (!toolkit) throw new Error('nothing ships');
    const entries = new Catalogue([toolkit]).entriesOf(toolkit.slug);
    const content = (await preparedContents())(toolkit.slug, entries);
    const read = await toolkitFrom((await content?.compressed()) ?? Buffer.of(), toolkit);
    expect(read.tools.map(({ slug }) => slug)).toEqual(toolkit.tools.map(({ slug }) => slug));
  });

  it('is not what other tools under the name of a toolkit that ships are', async () => {
    const [toolkit] = SHIPPED_TOOLKITS;
    if (!toolkit) throw new Error('nothing ships');
    const own = new Catalogue([{ ...toolkit, tools: toolkit.tools.slice(1) }]);
    expect((await preparedContents())(toolkit.slug, own.entriesOf(toolkit.slug))).toBeUndefined();
  });
});
