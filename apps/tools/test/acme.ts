import type { InstalledToolkit } from '@patchbay/toolkits';

/** A toolkit without tools or accounts, whose provider is at this address. */
export function acmeAt(baseUrl: string): InstalledToolkit {
  return {
    slug: 'acme',
    name: 'Acme',
    description: 'A provider.',
    logo: '',
    categories: [],
    version: '20260101_00',
    baseUrl,
    tools: [],
  };
}
