import type { TriggerEvent } from '@patchbay/contracts';
import { describe, expect, it } from 'vitest';
import { matches, type EventFilters } from './event-filters.js';

const ofTrigger: TriggerEvent = {
  id: 'log_1',
  projectId: 'proj_1',
  type: 'composio.trigger.message',
  at: '2026-11-30T10:00:00.000Z',
  storedAt: '2026-11-30T10:00:00.000Z',
  origin: {
    instanceId: 'ti_1',
    triggerSlug: 'GITHUB_COMMIT_EVENT',
    toolkit: 'github',
    connectionId: 'ca_1',
    authConfigId: 'ac_1',
    userId: 'ann',
  },
  metadata: {},
  data: {},
  isClipped: false,
};
const ofPlatform: TriggerEvent = {
  ...ofTrigger,
  type: 'composio.connected_account.expired',
  origin: null,
  metadata: { project_id: 'proj_1', user_id: 'ann' },
};

describe('an event', () => {
  it.each<[EventFilters, boolean, boolean]>([
    [{}, true, true],
    [{ trigger_slugs: ['github_commit_event'] }, true, false],
    [{ toolkit_slugs: ['GitHub'] }, true, false],
    [{ user_ids: ['ann', 'bob'] }, true, true],
    [{ user_ids: ['Ann'] }, false, false],
    [{ event_types: ['composio.connected_account.expired'] }, false, true],
    [{ connected_account_ids: ['ca_1'], trigger_ids: ['ti_2'] }, false, false],
  ])('with filters %j: of a trigger %s, of the platform %s', (filters, trigger, platform) => {
    expect(matches(ofTrigger, filters)).toBe(trigger);
    expect(matches(ofPlatform, filters)).toBe(platform);
  });
});
