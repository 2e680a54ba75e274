import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from '@jest/globals';
import { eventually } from '@patchbay/testing';
import { environment, environments } from './environment.js';

const fileOf = ({ home }: { home: string }) => join(home, 'answers.ndjson');

/** Every answer that the tests of this run were given, for secrets.test.ts to look through. */
export const ANSWERS_FILES = environments.map(fileOf);

const send = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await send(...request);
  // A stream of events ends when the test does, if at all.
  if (response.url.startsWith(environment.baseUrl) && !isStream(response)) {
    const text = await response.clone().text();
    appendFileSync(fileOf(environment), `${JSON.stringify({ url: response.url, text })}\n`);
  }
  return response;
};

function isStream(response: Response): boolean {
  return response.headers.get('content-type')?.includes('event-stream') ?? false;
}

/** A line for each file of this run that has ended. */
const ENDED_FILE = join(environments[0]!.home, 'ended');

afterAll(() => appendFileSync(ENDED_FILE, `${expect.getState().testPath ?? ''}\n`));

/** Waits until all files of this run but the one that asks have ended. */
export function untilOthersEnded(): Promise<void> {
  const others = Number(process.env['E2E_FILES']) - 1;
  return eventually(
    () => {
      const ended = readFileSync(ENDED_FILE, { encoding: 'utf8', flag: 'a+' }).split('\n').filter(Boolean);
      if (ended.length < others)
        throw new Error(`Of ${others} other files only these ended:\n${ended.join('\n')}`);
    },
    { timeout: 180_000, interval: 250 },
  );
}
