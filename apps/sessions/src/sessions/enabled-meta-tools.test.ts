import { describe, expect, it } from 'vitest';
import { SessionConfig } from '@patchbay/contracts';
import { enabledMetaTools } from './enabled-meta-tools.js';

const SEARCH = ['COMPOSIO_SEARCH_TOOLS', 'COMPOSIO_GET_TOOL_SCHEMAS'];
const MULTI = ['COMPOSIO_MULTI_EXECUTE_TOOL'];
const MANAGE = ['COMPOSIO_MANAGE_CONNECTIONS'];
const WAIT = ['COMPOSIO_WAIT_FOR_CONNECTIONS'];
const WORKBENCH = ['COMPOSIO_REMOTE_WORKBENCH', 'COMPOSIO_REMOTE_BASH_TOOL'];

const enabled = (config: object, workbench = true) =>
  enabledMetaTools(SessionConfig.parse(config), workbench);

/** docs/api/meta-tools.md#which-a-session-has */
describe('the meta tools of a session', () => {
  it.each([
    ['sets nothing', {}, [...SEARCH, ...MULTI, ...MANAGE, ...WORKBENCH]],
    ['has no search', { search: { enabled: false } }, [...MULTI, ...MANAGE, ...WORKBENCH]],
    ['has no multi-execute', { execute: { multiExecute: false } }, [...SEARCH, ...MANAGE, ...WORKBENCH]],
    [
      'manages no connections',
      { manageConnections: { enabled: false } },
      [...SEARCH, ...MULTI, ...WORKBENCH],
    ],
    [
      'waits for connections',
      { manageConnections: { waitForConnections: true } },
      [...SEARCH, ...MULTI, ...MANAGE, ...WAIT, ...WORKBENCH],
    ],
    [
      'waits for connections that it does not manage',
      { manageConnections: { enabled: false, waitForConnections: true } },
      [...SEARCH, ...MULTI, ...WORKBENCH],
    ],
    [
      'takes feedback',
      { submitFeedback: true },
      [...SEARCH, ...MULTI, ...MANAGE, ...WORKBENCH, 'COMPOSIO_SUBMIT_FEEDBACK'],
    ],
    ['has no workbench', { workbench: { enabled: false } }, [...SEARCH, ...MULTI, ...MANAGE]],
    [
      'has nothing',
      {
        search: { enabled: false },
        execute: { multiExecute: false },
        manageConnections: { enabled: false },
        workbench: { enabled: false },
      },
      [],
    ],
  ])('that %s are the ones of the contract, in its order', (_, config, slugs) => {
    expect(enabled(config)).toEqual(slugs);
  });

  it('leave the workbench out where no sandbox can be made', () => {
    expect(enabled({}, false)).toEqual([...SEARCH, ...MULTI, ...MANAGE]);
  });
});
