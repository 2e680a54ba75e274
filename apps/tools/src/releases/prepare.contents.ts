import { mkdir, writeFile } from 'node:fs/promises';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../toolkits/index.js';
import { contentOf } from './content.js';
import { fileOf, PREPARED, type PreparedIndex } from './prepared.contents.js';

/* Part of the build: the content of each toolkit that ships, so that no start has to make it. */
const index: PreparedIndex = {};
const catalogue = new Catalogue(SHIPPED_TOOLKITS);
await mkdir(PREPARED, { recursive: true });
for (const { slug, version, awaitsAccount } of catalogue.toolkits) {
  if (awaitsAccount) continue;
  const content = contentOf(version, catalogue.entriesOf(slug));
  index[slug] = content.sha256;
  await writeFile(fileOf(slug), await content.compressed());
}
await writeFile(new URL('index.json', PREPARED), JSON.stringify(index));
