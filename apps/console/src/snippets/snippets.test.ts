import { expect, it } from 'vitest';
import { installAddress, sessionSnippets } from './snippets.js';

const given = {
  baseUrl: 'http://localhost:3000',
  sessionId: 'trs_1',
  tool: 'A_B',
  args: { text: "it's", on: true, of: [null] },
};

it('writes a call as each language has it', () => {
  const [typescript, python, curl] = sessionSnippets(given).map(({ text }) => text);
  expect(typescript).toContain('composio.use("trs_1")');
  expect(python).toContain('"on": True');
  expect(python).toContain('None');
  expect(curl).toContain(`{"text":"it'\\''s","on":true,"of":[null]}`);
});

it('makes the addresses by which programs take a set-up', () => {
  const cursor = installAddress('cursor', '{"mcpServers":{"patchbay":{"url":"http://x"}}}');
  expect(atob(decodeURIComponent(String(cursor).split('config=')[1] ?? ''))).toBe('{"url":"http://x"}');
  const code = installAddress(
    'vs_code',
    '{"inputs":[],"servers":{"patchbay":{"type":"http","url":"http://x"}}}',
  );
  expect(JSON.parse(decodeURIComponent(String(code).split('?')[1] ?? ''))).toEqual({
    name: 'patchbay',
    type: 'http',
    url: 'http://x',
    inputs: [],
  });
  expect(installAddress('codex', 'url = 1')).toBeUndefined();
});
