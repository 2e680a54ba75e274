import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type ConnectOutcome, type LinkView } from '@patchbay/contracts';
import { fastify, type FastifyInstance } from 'fastify';
import type { VNode } from 'preact';
import { orRefusedPage, RefusedPage, sendPage } from '../pages/index.js';
import { CookiesPage, ForwardPage, LinkPage, OutcomePage } from './pages.js';

const HOSTILE = `"><script>alert('x')</script><img src=x onerror="alert(1)">`;

const toolkit = { slug: 'github', name: 'GitHub', logo: 'data:image/svg+xml,x' };
const link: LinkView = {
  toolkit,
  projectName: 'Acme',
  projectLogo: null,
  signInOrigin: 'https://github.com',
  scopes: ['repo', 'read:user'],
  fields: [],
  helpUrl: null,
  showPage: true,
  bindsBrowser: true,
  expiresAt: '2026-01-01T00:00:00.000Z',
};
const failure: ConnectOutcome = {
  status: 'failed',
  connectionId: 'ca_1',
  toolkit,
  projectName: 'Acme',
  projectLogo: null,
  callbackUrl: null,
  error: 'server_error',
  errorDescription: 'Try later',
};

/** What the test's server shows, or does in its place. */
let show: () => Promise<VNode> = () => Promise.reject(new Error('nothing to show'));
let server: FastifyInstance;
let address = '';

beforeAll(async () => {
  server = fastify();
  server.get('/', (_request, reply) =>
    orRefusedPage(reply, 404, async () => sendPage(reply, 200, await show())),
  );
  address = await server.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => server.close());

async function open(work: () => VNode | Promise<VNode>) {
  show = async () => work();
  const response = await fetch(address, { headers: { connection: 'close' } });
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

const hostileToolkit = { slug: 'x', name: HOSTILE, logo: HOSTILE };
const PAGES: [string, () => VNode][] = [
  [
    'the link',
    () => LinkPage({ link: { ...link, projectName: HOSTILE, toolkit: hostileToolkit, scopes: [HOSTILE] } }),
  ],
  ['the way on', () => ForwardPage({ url: `https://github.com/?a=${HOSTILE}`, toolkit: hostileToolkit })],
  [
    'the end',
    () =>
      OutcomePage({
        outcome: { ...failure, projectName: HOSTILE, errorDescription: HOSTILE, toolkit: hostileToolkit },
      }),
  ],
  [
    'a missing cookie',
    () => CookiesPage({ link: { ...link, projectName: HOSTILE, toolkit: hostileToolkit } }),
  ],
  ['a refusal', () => RefusedPage({ message: HOSTILE, isLinkUnusable: true })],
];

describe.each(PAGES)('the page of %s', (_, page) => {
  it('shows hostile names and descriptions as text', async () => {
    const { body } = await open(page);
    expect(body).toContain('&lt;script>');
    expect(body).not.toMatch(/<script|<img src=x/i);
  });

  it('has no script, and one style: the one that its policy lets in', async () => {
    const { body, headers } = await open(page);
    const styles = [...body.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style]) => String(style));
    expect(styles).toHaveLength(1);
    const hash = createHash('sha256').update(String(styles[0])).digest('base64');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`style-src 'sha256-${hash}';`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|script-src/);
    expect(body).not.toMatch(/ style=/);
  });

  it('is not cached, not framed, and sends no referrer', async () => {
    const { headers } = await open(page);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
    });
    expect(String(headers['content-security-policy'])).toContain("frame-ancestors 'none'");
  });
});

describe('the pages', () => {
  it('say who asks for which account, where one signs in, and what for', async () => {
    const { body, status } = await open(() => LinkPage({ link }));
    expect(status).toBe(200);
    expect(body).toContain('<h1>Acme wants to connect your GitHub account</h1>');
    expect(body).toContain('<strong>github.com</strong>');
    expect(body).toContain('<li>read:user</li>');
    expect(body).toContain('<form method="post">');
  });

  it.each([
    [
      'written',
      null,
      "was written by hand after GitHub's documentation, and those who made Patchbay have not yet tried it.",
    ],
    [
      'imported',
      null,
      "was made from a description of GitHub's API, and those who made Patchbay have not yet tried it.",
    ],
    [
      'vendor_mcp',
      '2026-11-30',
      "is GitHub's own MCP server, and those who made Patchbay tried it on 2026-11-30.",
    ],
  ] as const)(
    'say of a toolkit that is %s how it came to be and who has tried it',
    async (grade, triedOn, words) => {
      const { body } = await open(() => LinkPage({ link: { ...link, quality: { grade, triedOn } } }));
      expect(body).toContain(words);
    },
  );

  it('say nothing of how a toolkit came to be that a project added', async () => {
    expect((await open(() => LinkPage({ link }))).body).not.toContain('This connector');
  });

  it('send the browser on to the very address', async () => {
    const url = 'https://github.com/login?client_id=a&state=b"c';
    const { body } = await open(() => ForwardPage({ url, toolkit }));
    expect(body).toContain(
      '<meta http-equiv="refresh" content="0;url=https://github.com/login?client_id=a&amp;state=b&quot;c"/>',
    );
  });

  it('tell success, a refusal by the person and a failure apart', async () => {
    const of = (outcome: Partial<ConnectOutcome>) =>
      open(() => OutcomePage({ outcome: { ...failure, ...outcome } }));
    expect((await of({ status: 'success' })).body).toContain('GitHub is connected');
    expect((await of({ error: 'access_denied' })).body).toContain('The sign-in was declined.');
    expect((await of({})).body).toContain('Try later');
    expect((await of({ error: 'other_browser' })).body).toContain('began in another browser');
  });

  it.each<[string, string, string]>([
    ['invalid_grant', 'GitHub did not accept the sign-in.', 'ask Acme for a new link'],
    ['a_word_of_its_own', 'GitHub did not accept the sign-in.', 'ask Acme for a new link'],
    ['provider_unreachable', 'GitHub gave no answer', 'ask Acme for a new link'],
    ['provider_unavailable', 'GitHub cannot complete sign-ins at the moment.', 'Wait a while.'],
    ['provider_answer_unusable', 'GitHub answered, but with nothing that could be used.', 'tell Acme'],
    ['invalid_client', 'GitHub does not accept how Acme is set up there.', 'Only Acme can put that right'],
    ['invalid_scope', 'GitHub does not accept how Acme is set up there.', 'Only Acme can put that right'],
    [
      'redirect_uri_mismatch',
      'GitHub does not accept how Acme is set up there.',
      'Only Acme can put that right',
    ],
    ['issuer_mismatch', 'did not come from where it was asked for', 'Nothing was connected.'],
    ['other_account', 'The account stays as it was.', 'ask Acme for a new link'],
    ['account_disabled', 'The account stays as it was.', 'ask Acme for a new link'],
  ])('tell of %s what happened, and whose turn it is', async (error, reason, next) => {
    const outcome = { ...failure, error, errorDescription: 'In these words.' };
    const { body } = await open(() => OutcomePage({ outcome }));
    for (const text of [reason, next, 'In these words.']) expect(body).toContain(text);
    expect(body).not.toContain('could not be reached');
    expect(body.includes('did not accept the sign-in')).toBe(reason.includes('did not accept the sign-in'));
  });
});

describe('what cannot be shown', () => {
  it('is a page with the reason when the link is over', async () => {
    const { status, body } = await open(() =>
      Promise.reject(new AppError('link_not_usable', 'This link has expired.')),
    );
    expect(status).toBe(404);
    expect(body).toContain('This link has expired.');
  });

  it('is a page without the reason when something of ours is wrong', async () => {
    const { status, body } = await open(() =>
      Promise.reject(new AppError('unavailable', 'Postgres is away')),
    );
    expect(status).toBe(503);
    expect(body).toContain('Please try again in a moment');
    expect(body).not.toContain('Postgres');
  });

  it('is a page that says whose turn it is when it is settled', async () => {
    const message = 'No OAuth app is set up for GitHub, so it cannot be connected yet.';
    const { status, body } = await open(() => Promise.reject(new AppError('no_auth_config', message)));
    expect(status).toBe(400);
    for (const text of ['This cannot be connected', message, 'tell whoever sent you here']) {
      expect(body).toContain(text);
    }
    expect(body).not.toContain('try again');
  });

  it('is left to the filter when it is no error of ours', async () => {
    const { status, body } = await open(() => Promise.reject(new TypeError('bug')));
    expect(status).toBe(500);
    expect(body).not.toContain('<html');
  });
});
