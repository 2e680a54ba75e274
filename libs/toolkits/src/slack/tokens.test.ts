import { describe, expect, it } from 'vitest';
import { slack } from './manifest.js';

describe('the tools of Slack', () => {
  it('go out with the person’s own token where no bot may run them', () => {
    const own = slack.tools.filter(({ token }) => token === 'user').map(({ slug }) => slug);
    expect(own).toEqual(['SLACK_SEARCH_MESSAGES', 'SLACK_CREATE_A_REMINDER', 'SLACK_SET_STATUS']);
  });
});
