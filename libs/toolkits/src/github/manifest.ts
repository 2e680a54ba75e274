import type { ToolkitSpec } from '../toolkit.js';
import { commitTools } from './commits.js';
import { contentTools } from './contents.js';
import { issueTools } from './issues.js';
import { plainTools } from './plain.js';
import { pullRequestTools } from './pull-requests.js';
import { repositoryTools } from './repositories.js';
import { stateTools } from './states.js';
import { githubTriggers } from './triggers/index.js';

/** https://docs.github.com/en/rest, version 2022-11-28 */
export const github: ToolkitSpec = {
  slug: 'github',
  name: 'GitHub',
  description: 'Repositories, issues, pull requests and files on GitHub.',
  logo: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#24292f"/><path d="M7 5v14M17 5v6a4 4 0 0 1-4 4H7" stroke="#fff" stroke-width="2" fill="none"/></svg>')}`,
  categories: ['developer tools'],
  version: '20261122_00',
  baseUrl: 'https://api.github.com',
  origins: ['https://uploads.github.com'],
  headers: { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  auth: [
    {
      scheme: 'OAUTH2',
      authorizationUrl: 'https://github.com/login/oauth/authorize',
      tokenUrl: 'https://github.com/login/oauth/access_token',
      scopes: ['repo', 'read:user'],
    },
    { scheme: 'BEARER_TOKEN', helpUrl: 'https://github.com/settings/tokens' },
    {
      scheme: 'SERVICE_ACCOUNT',
      tokenUrl: 'https://api.github.com/app/installations/{installation_id}/access_tokens',
      helpUrl: 'https://docs.github.com/apps',
    },
  ],
  currentUser: { path: '/user', displayName: 'login' },
  tools: [
    ...repositoryTools,
    ...issueTools,
    ...pullRequestTools,
    ...contentTools,
    ...commitTools,
    ...stateTools,
    ...plainTools,
  ],
  triggers: githubTriggers,
};
