import { describeToolkit, one, shipped, storedFiles } from '../describe-toolkit.js';

const API = 'https://api.github.com';
const REPO = `${API}/repos/acme/anvils`;
const repo = { owner: 'acme', repo: 'anvils' };
const headers = { authorization: 'Bearer test-token', 'x-github-api-version': '2022-11-28' };
const numbered = { number: 7 };
const list = [{ id: 1 }];
const commit = { commit: { sha: 'c2' } };
const head = {
  request: `GET ${REPO}/git/ref/heads/main`,
  answer: { ref: 'refs/heads/main', object: { sha: 'c1' } },
};
const known = { request: `GET ${REPO}`, answer: { default_branch: 'main' } };
storedFiles.set('up/anvil', { name: 'anvil.zip', mimetype: 'application/zip', bytes: Buffer.from('ZIP') });

const draft = (mutation: string) =>
  `mutation ($id: ID!) { ${mutation}(input: { pullRequestId: $id }) { pullRequest { id number url isDraft } } }`;

describeToolkit(shipped('github'), [
  one('GITHUB_GET_THE_AUTHENTICATED_USER', {}, `GET ${API}/user`, { headers, answer: { login: 'ann' } }),
  one(
    'GITHUB_LIST_REPOSITORIES_FOR_THE_AUTHENTICATED_USER',
    { type: 'owner' },
    `GET ${API}/user/repos?type=owner&sort=full_name&page=1&per_page=30`,
    { answer: list, data: { repositories: list } },
  ),
  one('GITHUB_GET_A_REPOSITORY', repo, `GET ${REPO}`, { answer: { id: 1 } }),
  one(
    'GITHUB_SEARCH_REPOSITORIES',
    { q: 'anvil language:ts' },
    `GET ${API}/search/repositories?q=anvil language:ts&order=desc&page=1&per_page=30`,
    { answer: { items: list } },
  ),
  one('GITHUB_STAR_A_REPOSITORY_FOR_THE_AUTHENTICATED_USER', repo, `PUT ${API}/user/starred/acme/anvils`, {
    status: 204,
    answer: '',
    data: {},
  }),
  one('GITHUB_LIST_STARGAZERS', repo, `GET ${REPO}/stargazers?page=1&per_page=30`, {
    answer: list,
    data: { stargazers: list },
  }),
  one('GITHUB_LIST_BRANCHES', repo, `GET ${REPO}/branches?page=1&per_page=30`, {
    answer: [{ name: 'main' }],
    data: { branches: [{ name: 'main' }] },
  }),
  one('GITHUB_LIST_COMMITS', { ...repo, path: 'a' }, `GET ${REPO}/commits?path=a&page=1&per_page=30`, {
    answer: list,
    data: { commits: list },
  }),
  one('GITHUB_CREATE_AN_ISSUE', { ...repo, title: 'Broken' }, `POST ${REPO}/issues`, {
    body: { title: 'Broken' },
    answer: numbered,
  }),
  one('GITHUB_GET_AN_ISSUE', { ...repo, issue_number: 7 }, `GET ${REPO}/issues/7`, { answer: numbered }),
  one(
    'GITHUB_LIST_REPOSITORY_ISSUES',
    { ...repo, labels: 'bug' },
    `GET ${REPO}/issues?state=open&labels=bug&sort=created&direction=desc&page=1&per_page=30`,
    { answer: [numbered], data: { issues: [numbered] } },
  ),
  one('GITHUB_UPDATE_AN_ISSUE', { ...repo, issue_number: 7, state: 'closed' }, `PATCH ${REPO}/issues/7`, {
    body: { state: 'closed' },
    answer: numbered,
  }),
  one(
    'GITHUB_CREATE_AN_ISSUE_COMMENT',
    { ...repo, issue_number: 7, body: 'Hi' },
    `POST ${REPO}/issues/7/comments`,
    { body: { body: 'Hi' }, answer: { id: 1 } },
  ),
  one(
    'GITHUB_LIST_ISSUE_COMMENTS',
    { ...repo, issue_number: 7 },
    `GET ${REPO}/issues/7/comments?page=1&per_page=30`,
    { answer: list, data: { comments: list } },
  ),
  one(
    'GITHUB_LIST_PULL_REQUESTS',
    { ...repo, base: 'main' },
    `GET ${REPO}/pulls?state=open&base=main&sort=created&page=1&per_page=30`,
    { answer: [numbered], data: { pull_requests: [numbered] } },
  ),
  one('GITHUB_GET_A_PULL_REQUEST', { ...repo, pull_number: 7 }, `GET ${REPO}/pulls/7`, { answer: numbered }),
  one(
    'GITHUB_CREATE_A_PULL_REQUEST',
    { ...repo, head: 'fix', base: 'main', title: 'Fix' },
    `POST ${REPO}/pulls`,
    {
      body: { head: 'fix', base: 'main', title: 'Fix' },
      answer: numbered,
    },
  ),
  one('GITHUB_GET_REPOSITORY_CONTENT', { ...repo, path: 'a/b.md' }, `GET ${REPO}/contents/a/b.md`, {
    answer: { content: 'SGk=' },
    data: { content: { content: 'SGk=' } },
  }),
  one(
    'GITHUB_CREATE_OR_UPDATE_FILE_CONTENTS',
    { ...repo, path: 'a/b.md', message: 'Add', content: 'SGk=', author__name: 'Ann', author__email: 'a@x' },
    `PUT ${REPO}/contents/a/b.md`,
    {
      body: { message: 'Add', content: 'SGk=', author: { name: 'Ann', email: 'a@x' } },
      answer: commit,
    },
  ),
  {
    tool: 'GITHUB_CREATE_OR_UPDATE_FILE_CONTENTS',
    when: 'with a path that climbs',
    given: { ...repo, path: '../../other', message: 'Add', content: '' },
    asks: [],
    error: 'cannot be an id',
  },
  one(
    'GITHUB_DELETE_A_FILE',
    { ...repo, path: 'b.md', message: 'Drop', sha: 's1', branch: 'fix' },
    `DELETE ${REPO}/contents/b.md`,
    { body: { message: 'Drop', sha: 's1', branch: 'fix' }, answer: commit },
  ),
  {
    tool: 'GITHUB_CREATE_BRANCH',
    given: { ...repo, branch: 'fix/one' },
    asks: [
      known,
      head,
      {
        request: `POST ${REPO}/git/refs`,
        body: { ref: 'refs/heads/fix/one', sha: 'c1' },
        answer: { ref: 'refs/heads/fix/one', object: { sha: 'c1' } },
      },
    ],
    data: { ref: 'refs/heads/fix/one' },
  },
  {
    tool: 'GITHUB_COMMIT_MULTIPLE_FILES',
    given: {
      ...repo,
      branch: 'main',
      message: 'Tidy',
      upserts: [{ path: 'a.md', content: 'Hi' }],
      deletes: ['b.md'],
    },
    asks: [
      head,
      {
        request: `POST ${REPO}/git/blobs`,
        body: { content: 'Hi', encoding: 'utf-8' },
        answer: { sha: 'b1' },
      },
      {
        request: `POST ${REPO}/git/trees`,
        body: {
          base_tree: 'c1',
          tree: [
            { path: 'b.md', mode: '100644', type: 'blob', sha: null },
            { path: 'a.md', mode: '100644', type: 'blob', sha: 'b1' },
          ],
        },
        answer: { sha: 't1' },
      },
      {
        request: `POST ${REPO}/git/commits`,
        body: { message: 'Tidy', tree: 't1', parents: ['c1'] },
        answer: { sha: 'c2' },
      },
      { request: `PATCH ${REPO}/git/refs/heads/main`, body: { sha: 'c2' } },
    ],
    data: { commit: { sha: 'c2' }, branch: 'main' },
  },
  one(
    'GITHUB_CLOSE_ISSUE',
    { ...repo, issue_number: 7, state_reason: 'completed' },
    `PATCH ${REPO}/issues/7`,
    { body: { state_reason: 'completed', state: 'closed' }, answer: numbered },
  ),
  one('GITHUB_REOPEN_ISSUE', { ...repo, issue_number: 7 }, `PATCH ${REPO}/issues/7`, {
    body: { state: 'open' },
    answer: numbered,
  }),
  one('GITHUB_CLOSE_PULL_REQUEST', { ...repo, pull_number: 7 }, `PATCH ${REPO}/pulls/7`, {
    body: { state: 'closed' },
    answer: numbered,
  }),
  one('GITHUB_REOPEN_PULL_REQUEST', { ...repo, pull_number: 7 }, `PATCH ${REPO}/pulls/7`, {
    body: { state: 'open' },
    answer: numbered,
  }),
  ...(['convertPullRequestToDraft', 'markPullRequestReadyForReview'] as const).map((mutation) =>
    one(
      mutation === 'convertPullRequestToDraft'
        ? 'GITHUB_CONVERT_PULL_REQUEST_TO_DRAFT'
        : 'GITHUB_MARK_PULL_REQUEST_READY_FOR_REVIEW',
      { pull_request_id: 'PR_1' },
      `POST ${API}/graphql`,
      {
        body: { query: draft(mutation), variables: { id: 'PR_1' } },
        answer: { data: { [mutation]: { pullRequest: { id: 'PR_1', isDraft: true } } } },
        data: { pullRequest: { id: 'PR_1', isDraft: true } },
      },
    ),
  ),
  one('GITHUB_RUN_GRAPH_QL_QUERY', { query: '{ viewer { login } }' }, `POST ${API}/graphql`, {
    body: { query: '{ viewer { login } }', variables: {} },
    answer: { data: { viewer: { login: 'ann' } } },
    data: { viewer: { login: 'ann' } },
  }),
  one('GITHUB_RENDER_MARKDOWN_RAW', { text: '# Hi' }, `POST ${API}/markdown/raw`, {
    headers: { 'content-type': 'text/x-markdown' },
    body: '# Hi',
    answer: '<h1>Hi</h1>',
    data: { text: '<h1>Hi</h1>' },
  }),
  one('GITHUB_GET_OCTOCAT', { s: 'Hi' }, `GET ${API}/octocat?s=Hi`, { answer: 'MMM', data: { text: 'MMM' } }),
  one('GITHUB_GET_RAW_REPOSITORY_CONTENT', { ...repo, path: 'a/b.md' }, `GET ${REPO}/contents/a/b.md`, {
    headers: { accept: 'application/vnd.github.raw+json' },
    answer: 'Hi',
    data: { text: 'Hi' },
  }),
  one(
    'GITHUB_UPLOAD_RELEASE_ASSET',
    {
      ...repo,
      release_id: 3,
      file: { name: 'anvil (v2) ü.zip', mimetype: 'application/zip', s3key: 'up/anvil' },
    },
    'POST https://uploads.github.com/repos/acme/anvils/releases/3/assets?name=anvil (v2) ü.zip',
    {
      headers: { ...headers, 'content-type': 'application/zip' },
      body: 'ZIP',
      answer: { id: 9, name: 'anvil.zip' },
    },
  ),
]);
