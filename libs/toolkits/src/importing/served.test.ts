import { describe, expect, it } from 'vitest';
import { httpTool, type ToolkitSpec } from '../toolkit.js';
import { reportServed } from './served.js';

const tool = httpTool({
  slug: 'ACME_ONE',
  name: 'One',
  description: 'One.',
  method: 'GET',
  path: '/',
  input: {},
  tags: [],
  aliases: ['ACME_UNO'],
});
const toolkit = { slug: 'acme', tools: [tool] } as unknown as ToolkitSpec;
const known = ['ACME_ONE', 'ACME_UNO', 'ACME_GONE', 'ACME_ODD', 'ACME_SAID', 'ACME_OLD'].map((slug) => ({
  slug,
  name: '',
  asOf: slug === 'ACME_OLD' ? '2025-05' : '2026-08',
  successor: '',
  upstream: slug === 'ACME_GONE' ? 'GET /gone' : '',
}));

describe('public slugs that are served', () => {
  it('are counted by the newest list, with the reason for each other one', () => {
    expect(reportServed(toolkit, known, { 'another API': ['ACME_SAID'] }).split('\n')).toEqual([
      'not served  ACME_GONE  retired: GET /gone',
      'not served  ACME_ODD  no operation of these words',
      'not served  ACME_SAID  another API',
      'acme: 2 of 5 public slugs of 2026-08 served',
    ]);
  });
});
