import { describe, expect, it } from 'vitest';
import { SessionConfig } from '@patchbay/contracts';
import { applyChanges } from './apply-changes.js';

const config = SessionConfig.parse({
  toolkits: { enabled: ['github'] },
  tags: { enabled: ['readOnlyHint'] },
  manageConnections: { callbackUrl: 'https://app.example/done', waitForConnections: true },
});

describe('applyChanges', () => {
  it('keeps what is not mentioned', () => {
    expect(applyChanges(config, {})).toEqual(config);
  });

  it('replaces a scope as a whole', () => {
    expect(applyChanges(config, { toolkits: { disabled: ['slack'] } }).toolkits).toEqual({
      disabled: ['slack'],
    });
  });

  it('merges the settings of connections field by field', () => {
    const changed = applyChanges(config, { manageConnections: { enabled: false } });
    expect(changed.manageConnections).toEqual({ ...config.manageConnections, enabled: false });
  });

  it('resets a block or a field to its default for null', () => {
    expect(applyChanges(config, { toolkits: null }).toolkits).toBeUndefined();
    expect(applyChanges(config, { tags: null }).tags).toEqual({});
    const changed = applyChanges(config, { manageConnections: { callbackUrl: null } });
    expect(changed.manageConnections.callbackUrl).toBeUndefined();
    expect(changed.manageConnections.waitForConnections).toBe(true);
  });

  it('refuses a result that is not valid, naming the field', () => {
    expect(() => applyChanges(config, { multiAccount: { maxAccountsPerToolkit: 50 } })).toThrow(
      /multiAccount\.maxAccountsPerToolkit/,
    );
  });
});
