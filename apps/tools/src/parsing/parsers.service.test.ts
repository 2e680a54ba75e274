import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '@patchbay/contracts';
import { eventually } from '@patchbay/testing';
import type { Parse } from '@patchbay/toolkits';
import { ParsersService } from './parsers.service.js';

const SMALL = { PATCHBAY_PARSER_PROCESSES: 2, PATCHBAY_PARSER_MEMORY_MB: 96, PATCHBAY_PARSER_SECONDS: 1 };

let parsers: ParsersService;
/** What is to be read in any case gets all the time that a busy machine needs. */
let patient: ParsersService;
let patiently: Parse;
let attacked: Parse;
let neighbour: Parse;
beforeAll(() => {
  parsers = new ParsersService(SMALL);
  attacked = parsers.for({ projectId: 'attacked' });
  neighbour = parsers.for({ projectId: 'neighbour' });
  patient = new ParsersService({ ...SMALL, PATCHBAY_PARSER_SECONDS: 15 });
  patiently = patient.for({ projectId: 'patient' });
});
afterAll(() => Promise.all([parsers.onApplicationShutdown(), patient.onApplicationShutdown()]));

const page = (html: string) => ({
  bytes: Buffer.from(html),
  contentType: 'text/html',
  format: 'markdown' as const,
  mainOnly: false,
  base: 'https://example.com',
});
const mail = (html: string) => ({ html: Buffer.from(html).toString('base64url') });
const nested = (element: string, bytes: number) => {
  const levels = Math.floor(bytes / (2 * element.length + 5));
  return `<${element}>`.repeat(levels) + `</${element}>`.repeat(levels);
};
const refusal = (words: string) => ({ code: 'invalid_request', message: expect.stringContaining(words) });

describe('texts from outside', () => {
  it('are read', async () => {
    expect(await patiently('mail', mail('<style>p{}</style><p>Hello <b>you</b></p>'))).toBe('Hello **you**');
    expect(await patiently('adf', { markdown: '# Hi' })).toMatchObject({ type: 'doc' });
    const { content } = await patiently('page', page('<ul><li>a</li><li>b</li></ul>'));
    expect(content).toMatch(/^\* a\n\* b$/);
  });

  it('are read in full, however long they are', async () => {
    const paragraphs = Array.from({ length: 20_000 }, (_, index) => `<p>hello <b>number ${index}</b></p>`);
    const { content } = await patiently('page', page(`<main><div>${paragraphs.join('')}</div></main>`));
    expect(content.split('\n\n')).toHaveLength(20_000);
    expect(content).toContain('hello **number 19999**');
  });

  it.each([
    [
      'a mail of 8 KB of elements in elements',
      () => attacked('mail', mail(nested('b', 8_192))),
      'nested deeper than 256',
    ],
    ['a mail of 32 KB of them', () => attacked('mail', mail(nested('b', 32_768))), 'nested deeper than 256'],
    [
      'a page of 24 MB',
      () => attacked('page', page('<p>x</p>'.repeat(3_000_000))),
      'only up to 8388608 are read',
    ],
    [
      'comments that never end',
      () => attacked('mail', mail('<!--'.repeat(500_000))),
      'more than 0.2 seconds',
    ],
    ['64 KB of _a_', () => attacked('adf', { markdown: '_a_'.repeat(21_845) }), 'more than 1 seconds'],
    ['quotes in quotes', () => attacked('adf', { markdown: '> '.repeat(30_000) }), 'The text '],
    [
      'a query that fills the memory',
      () =>
        attacked('sheets', {
          tables: [],
          sql: `WITH RECURSIVE n(i, t) AS (SELECT 1, 'x' UNION ALL SELECT i + 1, t || t FROM n) SELECT * FROM n`,
        }).then((answer) => {
          if ('error' in answer) throw new AppError('invalid_request', `The query ${answer.error}`);
        }),
      'The query ',
    ],
  ])('are refused with the reason: %s', async (_, read, words) => {
    await expect(read()).rejects.toMatchObject(refusal(words));
    // The next one is read.
    expect(await attacked('mail', mail('<p>fine</p>'))).toBe('fine');
  });

  it('cannot keep a neighbour, nor the event loop', async () => {
    await neighbour('mail', mail('<p>warm</p>'));
    const controller = new AbortController();
    const attacking = parsers.for({ projectId: 'attacked', signal: controller.signal });
    let ended = 0;
    const attacks = Array.from({ length: 12 }, () =>
      attacking('adf', { markdown: '_a_'.repeat(21_845) })
        .catch((error: unknown) => error as AppError)
        .finally(() => (ended += 1)),
    );
    for (let read = 0; read < 20; read += 1) {
      expect(await neighbour('mail', mail('<p>Hello <b>you</b></p>'))).toBe('Hello **you**');
    }
    // In one queue with them, or on the event loop, all of the attacks or all but one would come first.
    expect(ended).toBeLessThan(attacks.length / 2);
    controller.abort();
    await Promise.all(attacks);
  });

  it('are given up with their caller, and their process with them', async () => {
    await attacked('mail', mail('<p>warm</p>'));
    const controller = new AbortController();
    const given = parsers.for({ projectId: 'attacked', signal: controller.signal });
    const reading = given('adf', { markdown: '_a_'.repeat(21_845) });
    const ended = reading.catch((error: unknown) => error);
    // Given up before its turn, it would cost no process.
    const busy = await eventually(() => {
      const [working] = parserProcesses().filter(isAtWork);
      if (!working) throw new Error('No process is at work yet');
      return working;
    });
    controller.abort(new Error('the caller left'));
    expect(await ended).toMatchObject({ message: 'the caller left' });
    await eventually(() => expect(parserProcesses()).not.toContain(busy));
  });

  it('are read with nothing of the environment at hand', async () => {
    process.env['PATCHBAY_TEST_SECRET'] = 'hidden';
    const patient = new ParsersService({ ...SMALL, PATCHBAY_PARSER_SECONDS: 15 });
    await patient.for({ projectId: 'any' })('mail', mail('<p>x</p>'));
    delete process.env['PATCHBAY_TEST_SECRET'];
    const [environment = 'no process'] = parserProcesses().map(environmentOf);
    const names = environment.split('\0').map((line) => line.split('=')[0]);
    expect(names.filter((name) => name && !/^(TINYPOOL|NODE_CHANNEL)_/.test(name))).toEqual([]);
  });
});

/** The numbers of those that run now (Linux). */
function parserProcesses(): string[] {
  return readdirSync('/proc/self/task')
    .flatMap((task) => readOf(`/proc/self/task/${task}/children`).split(' ').filter(Boolean))
    .filter((pid) => environmentOf(pid).includes('TINYPOOL_WORKER_ID'));
}

const environmentOf = (pid: string) => readOf(`/proc/${pid}/environ`);
/** In proc(5)'s letter for its state: running, or about to. */
const isAtWork = (pid: string) => /^\d+ \(.*\) R/.test(readOf(`/proc/${pid}/stat`));

/** Nothing of a thread or process that ended since it was listed. */
function readOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
