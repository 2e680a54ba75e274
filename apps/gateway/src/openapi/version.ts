import { readFileSync } from 'node:fs';

/** Of the platform: the release sets it. */
export const { version: VERSION } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };
