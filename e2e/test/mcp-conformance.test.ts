import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASKED_BEFORE } from '@patchbay/testing';
import { runConformance, type SuitePackage, type SuiteResult } from '../support/conformance/run.js';
import { environment, unique } from '../support/environment.js';
import { createSession } from '../support/http.js';
import { startKeyedForwarder, type Forwarder } from '../support/keyed.forwarder.js';

const SUITES: [version: string, suite: SuitePackage, mustPass: string[]][] = [
  ['2025-03-26', '@modelcontextprotocol/conformance', ['server-session-lifecycle']],
  [
    '2025-06-18',
    'mcp-conformance-2025',
    ['server-initialize', 'ping', 'tools-list', 'tools-call-with-progress'],
  ],
  [
    '2025-11-25',
    'mcp-conformance-2025',
    ['server-initialize', 'tools-call-audio', 'server-sse-multiple-streams', 'dns-rebinding-protection'],
  ],
  [
    '2026-07-28',
    '@modelcontextprotocol/conformance',
    [
      'tools-call-mixed-content',
      'json-schema-2020-12',
      'http-header-validation',
      'http-custom-header-server-validation',
    ],
  ],
];

describe("the protocol's own conformance suite, run against a session's endpoint", () => {
  let forwarder: Forwarder;
  let results: Map<string, Promise<SuiteResult>>;

  beforeAll(async () => {
    const session = await createSession({
      user_id: unique('conformance'),
      toolkits: { enable: ['test'] },
      preload: { tools: 'all' },
      experimental: {
        permissions: {
          default: 'allow_all',
          overrides: Object.fromEntries(ASKED_BEFORE.map((slug) => [`${slug}:__none__`, 'ask_always'])),
        },
      },
    });
    const endpoint = `${environment.baseUrl}/tool_router/${session}/mcp`;
    // The suite knows no keys.
    forwarder = await startKeyedForwarder(endpoint, environment.apiKey);
    // Side by side, as most of their time is waiting.
    results = new Map(
      SUITES.map(([version, suite]) => [version, runConformance(suite, version, forwarder.url)]),
    );
  });

  afterAll(async () => {
    await Promise.allSettled(results?.values() ?? []);
    await forwarder?.close();
  });

  it.each(SUITES)('passes in version %s', async (version, _suite, mustPass) => {
    const { code, output } = (await results.get(version))!;
    // A scenario may fail only if the baseline says why, and must then fail: a stale reason is found.
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
    for (const scenario of mustPass) {
      expect(output).toMatch(new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`));
    }
  });
});
