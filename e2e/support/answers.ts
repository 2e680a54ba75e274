import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, environments } from './environment.js';

const fileOf = ({ home }: { home: string }) => join(home, 'answers.ndjson');

/** Every answer that the tests of this run were given, for secrets.test.ts to look through. */
export const ANSWERS_FILES = environments.map(fileOf);

/** Where those of this worker's platform are kept. */
export const ANSWERS_FILE = fileOf(environment);

const send = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await send(...request);
  // A stream of events ends when the test does, if at all.
  if (response.url.startsWith(environment.baseUrl) && !isStream(response)) {
    const text = await response.clone().text();
    appendFileSync(ANSWERS_FILE, `${JSON.stringify({ url: response.url, text })}\n`);
  }
  return response;
};

function isStream(response: Response): boolean {
  return response.headers.get('content-type')?.includes('event-stream') ?? false;
}
