import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SHIPPED_TOOLKITS } from '@patchbay/toolkits';
import { Catalogue } from '../toolkits/catalogue.js';
import { LOCAL_MODEL } from './local.encoder.js';
import { sentenceOf } from './tool.text.js';
import { hashOf, readVectors, writeVectors } from './vectors.file.js';

let folder: string;
const file = () => pathToFileURL(join(folder, 'some.vectors'));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vectors-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a file of vectors', () => {
  const vectors = new Map([
    [hashOf('a'), Int8Array.of(1, -2, 127)],
    [hashOf('b'), Int8Array.of(0, 5, -127)],
  ]);

  it('is read as it was written', async () => {
    await writeVectors(file(), 'model', vectors);
    expect(await readVectors(file(), 'model')).toEqual(vectors);
  });

  it('of another model is none', async () => {
    await writeVectors(file(), 'model', vectors);
    expect(await readVectors(file(), 'other')).toEqual(new Map());
  });

  it.each([
    ['cut off', (content: Buffer) => content.subarray(0, -2)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('not a\nheader')],
  ])('that is %s is none', async (_, spoil) => {
    await writeVectors(file(), 'model', vectors);
    await writeFile(file(), spoil(await readFile(file())));
    expect(await readVectors(file(), 'model')).toEqual(new Map());
  });
});

describe('the vectors that are kept with the code', () => {
  it('are those of the tools that ship; else `npm run vectors` brings them up to date', async () => {
    const kept = await readVectors(new URL('../../data/tools.vectors', import.meta.url), LOCAL_MODEL);
    const missing = new Catalogue(SHIPPED_TOOLKITS).entries
      .filter(({ definition }) => !kept.has(hashOf(sentenceOf(definition))))
      .map(({ definition }) => definition.slug);
    expect(missing).toEqual([]);
  });
});
