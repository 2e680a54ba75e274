import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { launchBrowser, pythonForTests } from '@patchbay/testing';
import { z } from 'zod';
import { keepAnswer } from './answers.js';
import { continueToGithub, newPage, signInAtGithub } from './connect.js';
import { customersVariables, environment } from './environment.js';

const FOLDER = fileURLToPath(new URL('../python', import.meta.url));

/** What `conftest.py` says on the pipe that it is given, a line each. */
const Line = z.union([
  z.object({ collected: z.array(z.string()) }),
  z.object({ test: z.string(), outcome: z.enum(['passed', 'failed', 'skipped']), text: z.string() }),
  z.object({
    answer: z.object({
      method: z.string(),
      url: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.string()),
      text: z.string(),
    }),
  }),
]);

export interface PythonTests {
  /** The tests of the folder by their pytest names, in the order in which they run. */
  names: string[];
  /** Waits for the end of a test. Rejects with what pytest says of it when it did not pass. */
  result(name: string): Promise<void>;
  /** What pytest itself ended with: not 0 also when a tear-down failed. */
  code: Promise<number | null>;
  stop(): Promise<void>;
}

/** Starts the tests of `e2e/python`, all in one process: to import the SDK takes longer than any of them. */
export async function startPythonTests(): Promise<PythonTests | { missing: string }> {
  const made = await pythonForTests(FOLDER);
  if ('missing' in made) return made;
  const home = await mkdtemp(join(tmpdir(), 'patchbay-python-home-'));
  const person = await startPerson();
  const child = spawn(made.python, ['-m', 'pytest', '--quiet', '--color=no', '--tb=short'], {
    cwd: FOLDER,
    env: {
      ...customersVariables,
      // The SDK keeps files there.
      HOME: home,
      E2E_PLATFORM: JSON.stringify(environment),
      E2E_PERSON: person.url,
      E2E_RESULTS: '3',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output = (output + chunk).slice(-20_000)));
  }
  const results = new Results();
  const lines = createInterface({ input: child.stdio[3] as Readable });
  lines.on('line', (line) => results.take(line));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  void ended.then(() => results.end(new Error(`pytest ended:\n${output}`)));
  return {
    names: await results.names,
    result: (name) => results.of(name),
    code: ended.then((code) => results.kept().then(() => code)),
    stop: async () => {
      child.kill();
      await ended;
      await person.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}

interface Deferred<T> {
  promise: Promise<T>;
  resolve(value: T): void;
  reject(reason: Error): void;
}

function defer<T>(): Deferred<T> {
  let settle!: Omit<Deferred<T>, 'promise'>;
  const promise = new Promise<T>((resolve, reject) => (settle = { resolve, reject }));
  // Who asks for it is told of a failure; until then it is nobody's.
  promise.catch(() => undefined);
  return { promise, ...settle };
}

/** A promise for each result, whichever comes first: who asks for it, or the result. */
class Results {
  readonly #collected = defer<string[]>();
  readonly #results = new Map<string, Deferred<void>>();
  readonly #kept: Promise<void>[] = [];
  #ended: Error | undefined;

  get names(): Promise<string[]> {
    return this.#collected.promise;
  }

  take(text: string): void {
    const line = Line.parse(JSON.parse(text));
    if ('collected' in line) this.#collected.resolve(line.collected);
    else if ('answer' in line)
      this.#kept.push(keepAnswer({ ...line.answer, headers: new Headers(line.answer.headers) }));
    else if (line.outcome === 'failed') this.#at(line.test).reject(new Error(line.text));
    else this.#at(line.test).resolve();
  }

  of(name: string): Promise<void> {
    const result = this.#at(name);
    if (this.#ended) result.reject(this.#ended);
    return result.promise;
  }

  /** Waits until every answer that was heard of is kept. */
  async kept(): Promise<void> {
    await Promise.all(this.#kept);
  }

  end(reason: Error): void {
    this.#ended = reason;
    for (const waiting of [this.#collected, ...this.#results.values()]) waiting.reject(reason);
  }

  #at(name: string): Deferred<void> {
    const result = this.#results.get(name) ?? defer<void>();
    this.#results.set(name, result);
    return result;
  }
}

/** Signs in at the links that are posted to it, by clicking through all screens. */
async function startPerson(): Promise<{ url: string; close(): Promise<void> }> {
  const browser = await launchBrowser();
  const server = createServer((request, response) => {
    void (async () => {
      try {
        const page = await newPage(browser);
        await continueToGithub(page, await text(request));
        await signInAtGithub(page);
        response.end();
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await browser.close();
    },
  };
}
