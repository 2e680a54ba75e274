import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import { z } from 'zod';
import { newPage } from '../support/connect.js';
import { environment } from '../support/environment.js';
import { call } from '../support/http.js';
import { OAuthClient } from '../support/oauth.client.js';

const EVIL = 'https://evil.example/collect';
const HOSTILE_NAME = 'Claude\u202e\n by Anthropic (verified)\u2066 <b>official</b>';

/** Registers as anybody can. */
async function register(redirectUri: string, name = 'A client of the tests'): Promise<OAuthClient> {
  const { metadata } = await OAuthClient.at('none');
  const body = { client_name: name, redirect_uris: [redirectUri] };
  const answer = await call(metadata.registration_endpoint, { apiKey: null, body });
  const { client_id: id } = z.object({ client_id: z.string() }).parse(answer.body);
  return OAuthClient.at(id, redirectUri);
}

describe('the page that lets an MCP client in', () => {
  let browser: TestBrowser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());

  const open = async (client: OAuthClient, parameters: Record<string, string> = {}) => {
    page = await newPage(browser);
    // A browser that gets there has been redirected.
    await page.route('https://evil.example/**', (route) => route.fulfill({ body: 'gotcha' }));
    const response = await page.goto(client.authorizeUrl(parameters));
    return response?.status();
  };
  const heading = () => page.getByRole('heading').innerText();
  const words = () => page.locator('main').innerText();
  const shoot = async (name: string) => {
    const folder = process.env['E2E_SCREENSHOTS'];
    if (!folder) return;
    for (const [device, width] of Object.entries({ phone: 360, desk: 1200 })) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${folder}/${name}-${device}.png` });
    }
  };
  /** It stays where it is, and says where its way on would lead. */
  const leadsNowhereByItself = async () => {
    expect(await heading()).toBe('Access was not granted');
    expect(await page.locator('meta[http-equiv]').count()).toBe(0);
    expect(page.url()).toContain(environment.baseUrl);
    expect(await words()).toContain('evil.example');
    return new URL(String(await page.getByRole('link').getAttribute('href')));
  };

  it('does not redirect to a registered address for a request with a mistake in it', async () => {
    const client = await register(EVIL);
    const mistakes: Record<string, string>[] = [
      { response_type: 'token' },
      { code_challenge: 'x' },
      { code_challenge_method: 'plain' },
      { resource: 'https://elsewhere.example/mcp' },
    ];
    for (const mistake of mistakes) {
      expect(await open(client, mistake)).toBe(400);
      const onwards = await leadsNowhereByItself();
      expect(onwards.origin).toBe('https://evil.example');
      expect(onwards.searchParams.get('error')).toMatch(/^invalid_(request|target)$/);
      expect(onwards.searchParams.get('iss')).toBe(environment.baseUrl);
    }
  });

  it('does not redirect who said no, unless they follow the link', async () => {
    await open(await register(EVIL));
    await page.getByRole('button', { name: 'Do not let it in' }).click();
    const onwards = await leadsNowhereByItself();
    expect(onwards.searchParams.get('error')).toBe('access_denied');
    await shoot('denied');
    await page.getByRole('link').click();
    expect(page.url()).toContain('https://evil.example/collect?error=access_denied');
  });

  it('names who gets the answer, and tells what a client calls itself as what it is', async () => {
    await open(await register(EVIL, HOSTILE_NAME));
    expect(await heading()).toBe('evil.example wants to use your tools');
    const text = await words();
    expect(text).toContain('“Claude by Anthropic (verified) <b>official</b>”');
    expect(text).toContain('a name that nobody has checked');
    expect(text).not.toMatch(/[\u202e\u2066]/);
    await shoot('consent-site');
  });

  it('shows the scheme of a program, and no host that it chose', async () => {
    await open(await register('evil://github.com/callback', 'GitHub'));
    expect(await heading()).toBe('An app on this device wants to use your tools');
    const text = await words();
    expect(text).toContain('opens addresses that begin with evil:');
    expect(text).not.toContain('github.com');
    await shoot('consent-app');
  });

  it('says that a program of this computer asks', async () => {
    await open(await register('http://127.0.0.1:9/callback'));
    expect(await heading()).toBe('A program on this computer wants to use your tools');
  });

  it('stops for a client that is described at a private address', async () => {
    const id = `${environment.keyedUrl}/client.json`;
    await open(await OAuthClient.at(id, 'https://app.example/callback'));
    expect(await words()).toMatch(/This link cannot be used/);
    expect(await words()).not.toContain('app.example');
  });

  it('registers no address that would open something else than a client', async () => {
    const { metadata } = await OAuthClient.at('none');
    for (const uri of ['javascript:alert(1)', 'ms-msdt:/id', 'intent://x#Intent;end', 'mailto:a@b.example']) {
      const body = { redirect_uris: [uri] };
      const answer = await call(metadata.registration_endpoint, { apiKey: null, body });
      expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_redirect_uri' } });
    }
  });

  it('asks again when the form of another site answers it', async () => {
    const client = await register(EVIL);
    await open(client);
    const { hostname } = new URL(environment.baseUrl);
    const elsewhere = `http://${hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:9/`;
    const form = `<form method="post" action="${client.authorizeUrl().replaceAll('&', '&amp;')}">
      <button name="deny" value="1">Win</button></form>`;
    await page.route(elsewhere, (route) => route.fulfill({ contentType: 'text/html', body: form }));
    await page.goto(elsewhere);
    await page.getByRole('button', { name: 'Win' }).click();
    expect(await heading()).toBe('evil.example wants to use your tools');
  });
});
