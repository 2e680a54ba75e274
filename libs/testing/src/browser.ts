import { ensureBinary } from '@patchbay/local';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** Nothing here may reach the network: a test's browser speaks to this machine only. */
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A person's browser: it shares the process with others, and no cookie, storage or page. */
export class TestBrowser {
  readonly #contexts = new Set<BrowserContext>();

  constructor(private readonly browser: Browser) {}

  /** A profile of its own. */
  async newContext(options?: BrowserContextOptions): Promise<BrowserContext> {
    const context = await this.browser.newContext(options);
    this.#contexts.add(context);
    return context;
  }

  /** A page in a profile of its own. */
  async newPage(options?: BrowserContextOptions): Promise<Page> {
    return (await this.newContext(options)).newPage();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#contexts].map((context) => context.close()));
    this.#contexts.clear();
  }
}

let chromium: Promise<Browser> | undefined;

/**
 * A real Chromium without a window: the system's package, installed when it is missing. Playwright downloads none.
 * One process serves all tests of a worker, as its start costs more than most of them; it ends with the worker.
 */
export async function launchBrowser(): Promise<TestBrowser> {
  chromium ??= start();
  let browser = await chromium;
  if (!browser.isConnected()) browser = await (chromium = start());
  return new TestBrowser(browser);
}

async function start(): Promise<Browser> {
  // Loaded where it is used: half of what this package's import would cost every test file.
  const playwright = await import('playwright-core');
  return playwright.chromium.launch({
    executablePath: await ensureBinary('chromium-headless-shell'),
    args: ARGUMENTS,
  });
}
