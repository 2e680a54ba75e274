import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkAnswer } from './api.document.js';
import { environment, environments } from './environment.js';

const fileOf = ({ home }: { home: string }) => join(home, 'answers.ndjson');

/** Every answer that the tests of this run were given, for secrets.test.ts to look through. */
export const ANSWERS_FILES = environments.map(fileOf);

/** Answers that were not as the API document has them. */
const misfits: string[] = [];

const send = globalThis.fetch;
globalThis.fetch = async (...request) => {
  const response = await send(...request);
  // A stream of events ends when the test does, if at all.
  if (response.url.startsWith(environment.baseUrl) && !isStream(response)) {
    const text = await response.clone().text();
    const [given, options] = request;
    const method = options?.method ?? (given instanceof Request ? given.method : 'GET');
    const { url, status, headers } = response;
    await keepAnswer({ method, url, status, headers, text });
  }
  return response;
};

/** Keeps an answer of this worker's platform, and what is wrong with it. */
export async function keepAnswer(answer: Parameters<typeof checkAnswer>[1]): Promise<void> {
  const { url, text } = answer;
  appendFileSync(fileOf(environment), `${JSON.stringify({ url, text })}\n`);
  const misfit = await checkAnswer(send, answer);
  if (misfit) misfits.push(misfit);
}

function isStream(response: Response): boolean {
  return response.headers.get('content-type')?.includes('event-stream') ?? false;
}

/** What was wrong with answers since the last time. */
export const takeMisfits = (): string[] => misfits.splice(0);
