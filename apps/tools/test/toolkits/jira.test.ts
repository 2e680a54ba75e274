import { describeToolkit, one, shipped, storedFiles } from '../describe-toolkit.js';

const SITE = 'https://api.atlassian.com/ex/jira/cloud-1';
const API = `${SITE}/rest/api/3`;
const issue = { id: '10', key: 'ENG-1', self: 'https://x' };
const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const browser_url = 'https://acme.atlassian.net/browse/ENG-1';
const comment = {
  id: 'c1',
  author: { accountId: 'a1', displayName: 'Ann' },
  body: doc('Why?'),
  created: 'now',
};
const text = (words: string, ...marks: object[]) => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 && { marks }),
});
const shown = 'summary,status,assignee,priority,issuetype,project,labels,created,updated,duedate';
storedFiles.set('up/4', { name: 'a.txt', mimetype: 'text/plain', bytes: Buffer.from('words') });

describeToolkit(
  shipped('jira'),
  [
    {
      tool: 'JIRA_CREATE_ISSUE',
      given: {
        project_key: 'ENG',
        summary: 'Broken',
        issue_type: 'Bug',
        description: '# Why\n\nIt is **very** `odd`: [see](https://x.example)\n\n1. one\n2. two',
        assignee_name: 'ann@example.com',
        components: ['api'],
        parent: 'ENG-0',
        sprint_id: 7,
        additional_properties: '{"customfield_1": 5}',
      },
      asks: [
        {
          request: `GET ${API}/user/search?query=ann@example.com&maxResults=10`,
          headers: { authorization: 'Bearer test-token' },
          answer: [
            { accountId: 'a1', emailAddress: 'ann@example.com' },
            { accountId: 'a2', emailAddress: 'joann@example.com' },
          ],
        },
        {
          request: `POST ${API}/issue`,
          body: {
            fields: {
              project: { key: 'ENG' },
              summary: 'Broken',
              issuetype: { name: 'Bug' },
              description: {
                type: 'doc',
                version: 1,
                content: [
                  { type: 'heading', attrs: { level: 1 }, content: [text('Why')] },
                  {
                    type: 'paragraph',
                    content: [
                      text('It is '),
                      text('very', { type: 'strong' }),
                      text(' '),
                      text('odd', { type: 'code' }),
                      text(': '),
                      text('see', { type: 'link', attrs: { href: 'https://x.example' } }),
                    ],
                  },
                  {
                    type: 'orderedList',
                    attrs: { order: 1 },
                    content: ['one', 'two'].map((item) => ({
                      type: 'listItem',
                      content: [{ type: 'paragraph', content: [text(item)] }],
                    })),
                  },
                ],
              },
              assignee: { accountId: 'a1' },
              components: [{ name: 'api' }],
              parent: { key: 'ENG-0' },
              customfield_1: 5,
            },
          },
          answer: issue,
        },
        {
          request: `POST ${SITE}/rest/agile/1.0/sprint/7/issue`,
          body: { issues: ['ENG-1'] },
          status: 204,
          answer: '',
        },
      ],
      data: { ...issue, browser_url },
    },
    one(
      'JIRA_EDIT_ISSUE',
      { issue_id_or_key: 'ENG-1', summary: 'New' },
      `PUT ${API}/issue/ENG-1?notifyUsers=true&returnIssue=true`,
      {
        body: { fields: { summary: 'New' } },
        answer: issue,
        data: { success: true, issue_key: 'ENG-1', issue_data: issue },
      },
    ),
    one(
      'JIRA_GET_ISSUE',
      { issue_id_or_key: 'ENG-1', fields: ['summary', 'description'] },
      `GET ${API}/issue/ENG-1?fields=summary,description`,
      {
        answer: {
          ...issue,
          fields: { summary: 'Broken', description: doc('Why?'), status: { name: 'Open' } },
        },
        data: { key: 'ENG-1', summary: 'Broken', description: 'Why?', status: 'Open', browser_url },
      },
    ),
    one('JIRA_DELETE_ISSUE', { issue_id_or_key: 'ENG-1' }, `DELETE ${API}/issue/ENG-1?deleteSubtasks=false`, {
      status: 204,
      answer: '',
      data: { message: 'ENG-1 was deleted.' },
    }),
    one(
      'JIRA_ASSIGN_ISSUE',
      { issue_id_or_key: 'ENG-1', account_id: 'a1' },
      `PUT ${API}/issue/ENG-1/assignee`,
      {
        body: { accountId: 'a1' },
        status: 204,
        answer: '',
        data: { success: true, account_id: 'a1' },
      },
    ),
    one('JIRA_GET_TRANSITIONS', { issue_id_or_key: 'ENG-1' }, `GET ${API}/issue/ENG-1/transitions`, {
      answer: { transitions: [{ id: '31', name: 'Finish' }] },
    }),
    {
      tool: 'JIRA_TRANSITION_ISSUE',
      given: {
        issue_id_or_key: 'ENG-1',
        transition_id_or_name: 'done',
        comment: 'There',
        resolution: 'Fixed',
      },
      asks: [
        {
          request: `GET ${API}/issue/ENG-1/transitions`,
          answer: { transitions: [{ id: '31', name: 'Finish', to: { name: 'Done' } }] },
        },
        {
          request: `POST ${API}/issue/ENG-1/transitions`,
          body: {
            transition: { id: '31' },
            fields: { resolution: { name: 'Fixed' } },
            update: { comment: [{ add: { body: doc('There') } }] },
          },
          status: 204,
          answer: '',
        },
      ],
      data: { success: true, transition_name: 'Finish', new_status: 'Done', browser_url },
    },
    {
      tool: 'JIRA_TRANSITION_ISSUE',
      when: 'to where no way leads',
      given: { issue_id_or_key: 'ENG-1', transition_id_or_name: 'Gone' },
      asks: [
        {
          request: `GET ${API}/issue/ENG-1/transitions`,
          answer: { transitions: [{ id: '31', name: 'Finish', to: { name: 'Done' } }] },
        },
      ],
      error: 'there is no way Gone; there are: Finish.',
    },
    {
      tool: 'JIRA_ADD_ATTACHMENT',
      given: { issue_key: 'ENG-1', file_to_upload: { name: 'a.txt', mimetype: 'text/plain', s3key: 'up/4' } },
      asks: [
        {
          request: `POST ${API}/issue/ENG-1/attachments`,
          headers: { 'x-atlassian-token': 'no-check' },
          body: containing('name="file"; filename="a.txt"', 'Content-Type: text/plain', 'words'),
          answer: [{ id: 'f1' }],
        },
      ],
      data: { attachments: [{ id: 'f1' }] },
    },
    one(
      'JIRA_CREATE_ISSUE_LINK',
      { link_type: 'Blocks', inward_issue_key: 'ENG-1', outward_issue_key: 'ENG-2' },
      `POST ${API}/issueLink`,
      {
        body: { type: { name: 'Blocks' }, inwardIssue: { key: 'ENG-1' }, outwardIssue: { key: 'ENG-2' } },
        status: 201,
        answer: '',
        data: { success: true, inward_issue_browser_url: browser_url },
      },
    ),
    one(
      'JIRA_ADD_COMMENT',
      { issue_id_or_key: 'ENG-1', comment: 'Why?', visibility_type: 'role', visibility_value: 'Developers' },
      `POST ${API}/issue/ENG-1/comment`,
      {
        body: { body: doc('Why?'), visibility: { type: 'role', value: 'Developers' } },
        answer: comment,
        data: { id: 'c1', comment_text: 'Why?', author_display_name: 'Ann', browser_url },
      },
    ),
    one(
      'JIRA_LIST_ISSUE_COMMENTS',
      { issue_id_or_key: 'ENG-1', order_by: '-created' },
      `GET ${API}/issue/ENG-1/comment?maxResults=50&startAt=0&orderBy=-created`,
      {
        answer: { comments: [comment], total: 1 },
      },
    ),
    one(
      'JIRA_UPDATE_COMMENT',
      { issue_id_or_key: 'ENG-1', comment_id: 'c1', comment_text: 'Why?' },
      `PUT ${API}/issue/ENG-1/comment/c1?notifyUsers=true`,
      { body: { body: doc('Why?') }, answer: comment, data: { id: 'c1', comment_text: 'Why?' } },
    ),
    one('JIRA_DELETE_COMMENT', { issueIdOrKey: 'ENG-1', id: 'c1' }, `DELETE ${API}/issue/ENG-1/comment/c1`, {
      status: 204,
      answer: '',
    }),
    one(
      'JIRA_SEARCH_FOR_ISSUES_USING_JQL_POST',
      { jql: 'project = ENG', fields: ['summary'], nextPageToken: 'n' },
      `POST ${API}/search/jql`,
      {
        body: { jql: 'project = ENG', fields: ['summary'], maxResults: 50, nextPageToken: 'n' },
        answer: { issues: [issue], isLast: true },
      },
    ),
    one(
      'JIRA_SEARCH_FOR_ISSUES_USING_JQL_GET',
      { jql: 'project = ENG' },
      `GET ${API}/search/jql?jql=project = ENG&fields=${shown}&maxResults=50`,
      { answer: { issues: [issue] } },
    ),
    one(
      'JIRA_SEARCH_ISSUES',
      {
        project_key: 'ENG',
        text_search: 'a "b"',
        assignee: 'currentUser()',
        labels: ['x'],
        created_after: '-7d',
      },
      `POST ${API}/search/jql`,
      {
        body: {
          jql: String.raw`project = "ENG" AND text ~ "a \"b\"" AND assignee = currentUser() AND labels = "x" AND created >= -7d ORDER BY updated DESC`,
          maxResults: 20,
          fields: shown.split(','),
        },
        answer: { issues: [issue] },
        data: { issues: [issue], max_results: 20 },
      },
    ),
    one(
      'JIRA_GET_ALL_PROJECTS',
      { query: 'eng' },
      `GET ${API}/project/search?query=eng&action=view&maxResults=50&startAt=0&orderBy=name`,
      {
        answer: { values: [{ id: '1', key: 'ENG' }], total: 1 },
      },
    ),
    one('JIRA_GET_PROJECT', { project_id_or_key: 'ENG' }, `GET ${API}/project/ENG`, {
      answer: { id: '1', key: 'ENG' },
    }),
    one('JIRA_FIND_USERS', { query: 'ann' }, `GET ${API}/user/search?query=ann&maxResults=50&startAt=0`, {
      answer: [{ accountId: 'a1' }, { accountId: 'a2', active: false }],
      data: { users: [{ accountId: 'a1' }], total: 1 },
    }),
    one('JIRA_GET_CURRENT_USER', {}, `GET ${API}/myself`, { answer: { accountId: 'a1' } }),
    one('JIRA_GET_ISSUE_TYPES', {}, `GET ${API}/issuetype`, {
      answer: [{ id: '1', name: 'Bug' }],
      data: { issue_types: [{ name: 'Bug' }] },
    }),
    one(
      'JIRA_LIST_BOARDS',
      { projectKeyOrId: 'ENG' },
      `GET ${SITE}/rest/agile/1.0/board?projectKeyOrId=ENG&maxResults=50&startAt=0`,
      {
        answer: { values: [{ id: 3 }] },
      },
    ),
    one(
      'JIRA_LIST_SPRINTS',
      { board_id: 3, state: 'active' },
      `GET ${SITE}/rest/agile/1.0/board/3/sprint?state=active&maxResults=50&startAt=0`,
      {
        answer: { values: [{ id: 7 }] },
      },
    ),
  ],
  {
    baseUrl: 'https://api.atlassian.com/ex/jira/{cloud_id}',
    urlValues: { cloud_id: 'cloud-1', site_url: 'https://acme.atlassian.net' },
  },
);

/** A body with each of these in it, whatever its boundaries are. */
function containing(...parts: string[]) {
  return {
    $$typeof: Symbol.for('jest.asymmetricMatcher'),
    asymmetricMatch: (body: string) => parts.every((part) => body.includes(part)),
    toAsymmetricMatcher: () => `text with ${parts.join(' | ')}`,
  };
}
