import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBackEnd } from './back-ends.js';
import { runWorkbench, type TestSession } from './running-workbench.js';

/* Back ends as an operator would name them, asked by code in a sandbox. */

let workbench: Awaited<ReturnType<typeof runWorkbench>>;
let model: Awaited<ReturnType<typeof startBackEnd>>;
let searx: Awaited<ReturnType<typeof startBackEnd>>;
let session: TestSession;
beforeAll(async () => {
  model = await startBackEnd(({ body }) => {
    const [message] = (body as { messages: { content: string }[] }).messages;
    return { choices: [{ message: { content: message?.content } }] };
  });
  searx = await startBackEnd(({ url }) => ({
    answers: [{ answer: '42' }],
    results: [{ title: url.searchParams.get('q'), url: 'https://example.com/', content: 'about it' }],
  }));
  workbench = await runWorkbench({
    PATCHBAY_LLM_BASE_URL: `${model.url}/v1/`,
    PATCHBAY_LLM_MODEL: 'small',
    PATCHBAY_LLM_API_KEY: 'key-of-the-model',
    PATCHBAY_WEB_SEARCH_URL: searx.url,
    PATCHBAY_HELPER_TIME_LIMIT_SECONDS: '1',
  });
}, 60_000);
afterAll(async () => {
  await workbench?.stop();
  await model?.close();
  await searx?.close();
});

/** The pair that a helper gives: its result and its error. */
async function pair(code: string): Promise<[string, string]> {
  const { stdout, error } = await session.run(`import json\nprint(json.dumps(${code}))`);
  expect(error).toBeNull();
  return JSON.parse(stdout.text) as [string, string];
}

describe('a helper without a back end', () => {
  it('names the setting, whether there is none or nothing listens there', async () => {
    const replica = await workbench.start({
      PATCHBAY_LLM_BASE_URL: undefined,
      PATCHBAY_WEB_SEARCH_URL: 'http://127.0.0.1:9',
    });
    session = workbench.open();
    expect((await pair('invoke_llm("hi")'))[1]).toContain('PATCHBAY_LLM_BASE_URL');
    expect((await pair('web_search("hi")'))[1]).toMatch(/could not be reached.*PATCHBAY_WEB_SEARCH_URL/);
    await replica.stop();
  });
});

describe('a helper', () => {
  beforeAll(async () => {
    await workbench.start();
    session = workbench.open();
  });

  describe('invoke_llm', () => {
    it('asks the model that the settings name, with their key', async () => {
      expect(await pair('invoke_llm("how are you?", "low")')).toEqual(['how are you?', '']);
      expect(model.asked.at(-1)).toMatchObject({
        url: { pathname: '/v1/chat/completions' },
        authorization: 'Bearer key-of-the-model',
        body: {
          model: 'small',
          reasoning_effort: 'low',
          messages: [{ role: 'user', content: 'how are you?' }],
        },
      });
    });

    it('takes the fence off a text that is nothing but one', async () => {
      expect(await pair('invoke_llm("```json\\n[1]\\n```")')).toEqual(['[1]', '']);
    });

    it('works for many threads at once', async () => {
      const code = [
        'from concurrent.futures import ThreadPoolExecutor',
        'with ThreadPoolExecutor(16) as pool:',
        '    answers = list(pool.map(lambda n: invoke_llm(f"number {n}"), range(40)))',
        'answers == [(f"number {n}", "") for n in range(40)]',
      ].join('\n');
      expect(await session.value(code)).toBe('True');
    });
  });

  describe('web_search', () => {
    it('gives what the search engine found, as text', async () => {
      const [text, error] = await pair('web_search("the answer & more")');
      expect(error).toBe('');
      expect(text).toBe('42\n\nthe answer & more\nhttps://example.com/\nabout it');
      expect(searx.asked.at(-1)?.url.searchParams.get('format')).toBe('json');
    });
  });

  describe.each([
    ['invoke_llm', 'The language model'],
    ['web_search', 'The web search'],
  ])('%s, when its back end fails,', (helper, who) => {
    it.each([
      ['refuses', 'unauthorized', `${who} answered with status 401. The operator looks at PATCHBAY_`],
      ['does not answer', 'silence', `${who} took longer than 1 seconds.`],
      ['sends without end', 'flood', `${who} sent more than 4194304 bytes.`],
      ['sends no JSON', 'nonsense', `${who} sent an answer that is not JSON.`],
    ])('as it %s, says so and goes on', async (_, question, expected) => {
      const [text, error] = await pair(`${helper}("${question}")`);
      expect(text).toBe('');
      expect(error).toContain(expected);
      expect(error).not.toContain('key-of-the-model');
    });
  });

  describe('smart_file_extract', () => {
    const office = (path: string, part: string, xml: string) =>
      session.value(
        `import zipfile\nwith zipfile.ZipFile("${path}", "w") as z: z.writestr("${part}", ${JSON.stringify(xml)})`,
      );

    it('reads text, HTML and office files by itself', async () => {
      await session.value('open("a.txt", "w").write("plain")');
      await session.value('open("a.html", "w").write("<p>one &amp; two</p><script>no</script>")');
      await office('a.docx', 'word/document.xml', '<d><p><t>Dear</t><t> all</t></p><p>Bye</p></d>');
      await office('a.xlsx', 'xl/worksheets/sheet1.xml', '<s><row><c><v>1</v></c><c><v>2</v></c></row></s>');
      const read = (path: string) => pair(`smart_file_extract("${path}", show_preview=False)`);
      expect(await read('a.txt')).toEqual(['plain', '']);
      expect(await read('a.html')).toEqual(['one & two', '']);
      expect(await read('a.docx')).toEqual(['Dear all\nBye', '']);
      expect(await read('a.xlsx')).toEqual(['1\t2', '']);
    });

    it('says why it cannot read a file', async () => {
      const why = async (path: string) => (await pair(`smart_file_extract("${path}")`))[1];
      expect(await why('missing.txt')).toContain('There is no file');
      await session.value('open("a.bin", "wb").write(bytes(range(256)))');
      expect(await why('a.bin')).toContain('neither text nor');
      await session.value('open("broken.docx", "w").write("no archive")');
      expect(await why('broken.docx')).toContain('could not be read');
      await session.value('open("a.pdf", "w").write("no document")');
      // By its program, or by the package that it comes with.
      expect(await why('a.pdf')).not.toBe('');
    });
  });

  it('says of a module that is not installed how it could be', async () => {
    expect((await session.run('import no_such_module')).error).toMatch(
      /ModuleNotFoundError: No module named 'no_such_module'\n.*the operator installs it/,
    );
  });
});
