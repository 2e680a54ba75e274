import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WordVectors } from './word.vectors.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'word-vectors-'));
});
afterAll(() => rm(folder, { recursive: true }));

const PIECES: [string, number, number[]][] = [
  ['rain', 0.5, [2, 0]],
  ['##fall', 1, [0, 3]],
  ['snow', 2, [-1, 1]],
];

/** The bytes of a file of some pieces. */
function content(): Buffer {
  const scales = Buffer.from(Float32Array.from(PIECES, ([, scale]) => scale).buffer);
  const vectors = Buffer.from(Int8Array.from(PIECES.flatMap(([, , steps]) => steps)).buffer);
  const head = `${PIECES.length} 2\n${PIECES.map(([piece]) => `${piece}\n`).join('')}`;
  return Buffer.concat([Buffer.from(head), scales, vectors]);
}

async function read(bytes: Buffer): Promise<WordVectors> {
  const file = join(folder, 'some.vectors');
  await writeFile(file, bytes);
  return WordVectors.read(pathToFileURL(file));
}

describe('word vectors', () => {
  it.each([
    ['rain', [1, 0]],
    ['Rain, SNOW & snow', [-3, 4]],
    ['rainfall', [1, 3]],
    ['rainy', [1, 0]],
    ['drizzle', [0, 0]],
    ['', [0, 0]],
  ])('are summed for %j to %j', async (text, sum) => {
    expect([...(await read(content())).sumOf(text)]).toEqual(sum);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -3)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('not a\nheader')],
  ])('of a file that is %s are refused', async (_, spoil) => {
    await expect(read(spoil(content()))).rejects.toThrow('not a whole file');
  });
});

describe('the word vectors that ship', () => {
  it.each([
    ['remove a person from the chat', 'Delete a member of a channel', 'Create an invoice'],
    ['what will the weather be', 'Get the forecast of a place', 'List the commits of a branch'],
    ['bill a client', 'Create an invoice for a customer', 'Get a list of playlists'],
  ])('put "%s" nearer to "%s" than to "%s"', async (text, near, far) => {
    const vectors = await WordVectors.read();
    const [one, other, third] = [text, near, far].map((sentence) => vectors.sumOf(sentence));
    expect(cosine(one, other)).toBeGreaterThan(cosine(one, third) + 0.1);
  });
});

function cosine(a: Float32Array = new Float32Array(), b: Float32Array = new Float32Array()): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, at) => sum + value * (y[at] as number), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
