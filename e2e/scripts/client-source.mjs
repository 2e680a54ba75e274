// `npm run client:generate`: brings what libs/client has of the API up to what the gateway's build says.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PATH, sourceOf } from '../../libs/client/generator/source.mjs';
import { builtApiDocument } from '../support/built-api-document.mjs';
import { ROOT } from '../support/built-controllers.mjs';

writeFileSync(join(ROOT, PATH), await sourceOf(await builtApiDocument()));
process.stdout.write(`${PATH} is brought up to date\n`);
