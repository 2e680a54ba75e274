import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { launchBrowser, type TestBrowser } from '@patchbay/testing';
import type { Page } from 'playwright-core';
import type { newComposio } from './composio.js';

type Composio = ReturnType<typeof newComposio>;

/** A page of the developer's own, which browsers are sent back to. */
export interface DeveloperPage {
  url: string;
  close(): void;
}

export async function startDeveloperPage(): Promise<DeveloperPage> {
  const server: Server = createServer((_request, response) => void response.end("the developer's own page"));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/done?tab=accounts`, close: () => server.close() };
}

/** A config that the developer made for a scheme whose credentials the person brings. Gives its id. */
export async function customConfig(
  composio: Composio,
  toolkit: string,
  authScheme: 'API_KEY' | 'BASIC',
): Promise<string> {
  const config = await composio.authConfigs.create(toolkit, {
    type: 'use_custom_auth',
    authScheme,
    credentials: {},
  });
  return config.id;
}

/** Does something in a browser of its own. */
export async function inBrowser<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser: TestBrowser = await launchBrowser();
  try {
    return await work(await (await browser.newContext()).newPage());
  } finally {
    await browser.close();
  }
}

export function queryOf(page: Page): Record<string, string> {
  return Object.fromEntries(new URL(page.url()).searchParams);
}
