import { describe, expect, it } from 'vitest';
import { TriggersQuery, UpsertTriggerBody } from './trigger.body.js';

const ofQuery = (query: string) => TriggersQuery.parse(Object.fromEntries(new URLSearchParams(query)));
const given = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

describe('the query of a list of trigger instances', () => {
  const usual = { includeDisabled: false, limit: 20 };

  it.each([
    ['trigger_names=a%2CB&user_ids=u', { triggerSlugs: ['A', 'B'], userIds: ['u'] }],
    ['triggerNames=a&triggerIds=ti_1', { triggerSlugs: ['A'], ids: ['ti_1'] }],
    ['connectedAccountIds=ca_1&authConfigIds=ac_1', { connectionIds: ['ca_1'], authConfigIds: ['ac_1'] }],
    [
      'deprecatedConnectedAccountUuids=ca_1&deprecatedAuthConfigUuids=ac_1',
      { connectionIds: ['ca_1'], authConfigIds: ['ac_1'] },
    ],
    ['connected_account_ids=ca_2&connectedAccountIds=ca_1', { connectionIds: ['ca_2'] }],
    ['showDisabled=true', { includeDisabled: true }],
    ['show_disabled=true&limit=9999&cursor=abc', { includeDisabled: true, limit: 1000, cursor: 'abc' }],
  ])('reads %s', (query, wanted) => {
    expect(given(ofQuery(query))).toEqual({ ...usual, ...wanted });
  });

  it('takes what is empty for what was not given', () => {
    const query =
      'trigger_names=&triggerIds=&user_ids=&connected_account_ids=&show_disabled=&limit=&cursor=&showDisabled=null';
    expect(given(ofQuery(query))).toEqual(usual);
  });
});

describe('the body of an upsert', () => {
  it('has newer names and older ones', () => {
    expect(
      given(
        UpsertTriggerBody.parse({
          connectedAuthId: 'ca_1',
          triggerConfig: { repo: 'a' },
          version: '20261122_00',
        }),
      ),
    ).toEqual({ connectionId: 'ca_1', config: { repo: 'a' }, versions: '20261122_00' });
    expect(
      given(
        UpsertTriggerBody.parse({
          user_id: 'ann',
          trigger_config: {},
          toolkit_versions: { GitHub: 'latest' },
          something: 'else',
        }),
      ),
    ).toEqual({ userId: 'ann', config: {}, versions: { github: 'latest' } });
  });

  it('may say nothing by null, as the Python client does', () => {
    const nothing = {
      connected_account_id: null,
      user_id: 'ann',
      trigger_config: null,
      toolkit_versions: null,
    };
    expect(given(UpsertTriggerBody.parse(nothing))).toEqual({ userId: 'ann' });
  });

  it('names no account that cannot be one', () => {
    expect(UpsertTriggerBody.safeParse({ connected_account_id: 'x' }).success).toBe(false);
  });
});
