import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SHIPPED_TOOLKITS } from '../src/catalogue.js';
import { inputSchemaOf } from '../src/json-schema.js';
import type { ToolSpec } from '../src/toolkit.js';

/** What a public tool has and ours has not, by slug, and why. */
const LEFT_OUT: Record<string, { names: string; why: string }> = {
  GOOGLECALENDAR_CREATE_EVENT: {
    names: 'exclude_organizer',
    why: 'Google lists the organizer as it sees fit',
  },
  SLACK_UPLOAD_OR_CREATE_A_FILE_IN_SLACK: {
    names: 'filetype token',
    why: "Slack tells the type by the name, and the credential is the account's",
  },
  GITHUB_LIST_REPOSITORIES_FOR_THE_AUTHENTICATED_USER: {
    names: 'raw_response',
    why: "answers are the provider's already",
  },
  GITHUB_SEARCH_ISSUES_AND_PULL_REQUESTS: {
    names: 'raw_response',
    why: "answers are the provider's already",
  },
  GITHUB_SEARCH_CODE: { names: 'order sort', why: 'retired by GitHub' },
  GITHUB_CREATE_A_REPOSITORY_WEBHOOK: {
    names: 'config__content__type config__insecure__ssl config__secret config__url',
    why: 'one object, config, as GitHub has it',
  },
  NOTION_APPEND_TEXT_BLOCKS: {
    names: 'page_id text',
    why: "sources differ; the other one names the provider's",
  },
  JIRA_SEARCH_ISSUES: { names: 'start_at', why: 'Jira pages by token now' },
  JIRA_SEARCH_FOR_ISSUES_USING_JQL_GET: { names: 'start_at validate_query', why: 'Jira pages by token now' },
  ASANA_GET_WORKSPACE_PROJECTS: { names: 'opt_expand', why: 'retired by Asana' },
  OUTLOOK_DELETE_EVENT: { names: 'send_notifications', why: 'Microsoft Graph has no such choice' },
  STRIPE_CREATE_PRODUCT: { names: 'custom_fields shipping_cost', why: 'no fields of a product at Stripe' },
  TRELLO_UPDATE_CARDS_BY_ID_CARD: {
    names: 'fileSource idCardSource keepFromSource urlSource',
    why: 'Trello takes them for new cards only',
  },
  TRELLO_ADD_BOARDS: {
    names:
      'closed labelNames__blue labelNames__green labelNames__orange labelNames__purple labelNames__red labelNames__yellow prefs__calendarFeedEnabled',
    why: 'Trello takes them for boards that are there only',
  },
};

const tools = new Map<string, ToolSpec>(
  SHIPPED_TOOLKITS.flatMap(({ tools: own }) => own.map((tool) => [tool.slug, tool] as const)),
);
const listed = readFileSync(new URL('public-arguments.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [head = '', ...names] = line.split(' ');
    return {
      slug: head.replace('!', ''),
      isMostUsed: head.endsWith('!'),
      names: names.map((name) => name.replace('*', '')),
    };
  });

describe('the public tools', () => {
  it('are all there, and those most used are tagged important', () => {
    expect(listed.map(({ slug }) => slug).filter((slug) => !tools.has(slug))).toEqual([]);
    const mostUsed = listed.filter(({ isMostUsed }) => isMostUsed).map(({ slug }) => slug);
    expect(mostUsed.filter((slug) => !tools.get(slug)?.tags.includes('important'))).toEqual([]);
  });

  it('take the arguments that user code names, but for those left out for a reason', () => {
    const lacking = listed.flatMap(({ slug, names }) => {
      const own = propertiesOf(tools.get(slug));
      const missing = names.filter((name) => !own.includes(name));
      return missing.length > 0 ? [[slug, missing.join(' ')] as const] : [];
    });
    const said = Object.entries(LEFT_OUT).map(([slug, { names }]) => [slug, names] as const);
    expect(Object.fromEntries(lacking)).toEqual(Object.fromEntries(said));
  });

  it('require nothing that is not listed', () => {
    const beyond = listed.flatMap(({ slug, names }) => {
      const tool = tools.get(slug);
      if (names.length === 0 || !tool) return [];
      const { required = [] } = inputSchemaOf(tool) as { required?: string[] };
      const unknown = required.filter((name) => !names.includes(name) && !LEFT_OUT[slug]);
      return unknown.length > 0 ? [`${slug}: ${unknown.join(' ')}`] : [];
    });
    expect(beyond).toEqual([]);
  });
});

function propertiesOf(tool: ToolSpec | undefined): string[] {
  return tool ? Object.keys((inputSchemaOf(tool)['properties'] ?? {}) as object) : [];
}
