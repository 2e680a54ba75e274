// `npm run docs:tables`: brings the tables of the apps' READMEs up to what the build says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/built-controllers.mjs';
import { readmes } from '../support/service-tables.mjs';

for (const { path, is, shouldBe } of await readmes()) {
  if (is === shouldBe) continue;
  writeFileSync(join(ROOT, path), shouldBe);
  process.stdout.write(`${path} is brought up to date\n`);
}
