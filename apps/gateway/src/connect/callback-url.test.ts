import { describe, expect, it } from 'vitest';
import type { ConnectOutcome } from '@patchbay/contracts';
import { withOutcome } from './callback-url.js';

const success: ConnectOutcome = {
  status: 'success',
  connectionId: 'ca_1',
  toolkit: { slug: 'github', name: 'GitHub', logo: '' },
  projectName: 'Acme',
  projectLogo: null,
  callbackUrl: null,
  error: null,
  errorDescription: null,
};

describe('withOutcome', () => {
  it('tells the page how it ended, and which account it is', () => {
    expect(withOutcome('https://app.example/done', success)).toBe(
      'https://app.example/done?status=success&connected_account_id=ca_1',
    );
  });

  it("keeps the page's own query and fragment, and puts ours after it", () => {
    expect(withOutcome('https://app.example/done?next=%2Fhome&status=mine#top', success)).toBe(
      'https://app.example/done?next=%2Fhome&status=mine&status=success&connected_account_id=ca_1#top',
    );
  });

  it('says why it failed, encoded', () => {
    const failed: ConnectOutcome = {
      ...success,
      status: 'failed',
      error: 'access_denied',
      errorDescription: 'No & "never"\r\nLocation: x',
    };
    const url = new URL(withOutcome('https://app.example/done', failed));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      status: 'failed',
      connected_account_id: 'ca_1',
      error: 'access_denied',
      error_description: 'No & "never"\r\nLocation: x',
    });
    expect(url.href).not.toMatch(/[\r\n ]/);
  });

  it('goes back into an app by its own scheme', () => {
    expect(withOutcome('myapp://connected', success)).toBe(
      'myapp://connected?status=success&connected_account_id=ca_1',
    );
  });
});
