import { ensureBinary } from '@patchbay/local';
import type { Browser } from 'playwright-core';

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

/** A real headless Chromium: the system's package, installed when it is missing. Playwright downloads none. */
export async function launchBrowser(): Promise<Browser> {
  // Loaded where it is used: half of what this package's import would cost every test file.
  const { chromium } = await import('playwright-core');
  return chromium.launch({ executablePath: await ensureBinary('chromium'), args: ARGUMENTS });
}
