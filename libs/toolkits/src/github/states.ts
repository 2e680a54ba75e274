import { z } from 'zod';
import { graphqlTool, requestTool, type FunctionTool } from '../toolkit.js';
import { path } from '../tool-runtime.js';
import { issueNumber, pullNumber, repository } from './fields.js';

const GitHubObject = z.looseObject({ number: z.int() });

function issueState(slug: string, name: string, description: string, state: 'open' | 'closed'): FunctionTool {
  const reasons = z.enum(['completed', 'not_planned', 'duplicate']).optional().describe('Why it is closed.');
  return requestTool({
    slug,
    name,
    description,
    input: z.object({
      ...repository,
      issue_number: issueNumber,
      ...(state === 'closed' && { state_reason: reasons }),
    }),
    output: GitHubObject,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: ['repo'],
    request: ({ owner, repo, issue_number, ...rest }) => ({
      method: 'PATCH',
      url: path`/repos/${owner}/${repo}/issues/${issue_number}`,
      body: { json: { ...rest, state } },
    }),
  });
}

function pullRequestState(
  slug: string,
  name: string,
  description: string,
  state: 'open' | 'closed',
): FunctionTool {
  return requestTool({
    slug,
    name,
    description,
    input: z.object({ ...repository, pull_number: pullNumber }),
    output: GitHubObject,
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: ['repo'],
    request: ({ owner, repo, pull_number }) => ({
      method: 'PATCH',
      url: path`/repos/${owner}/${repo}/pulls/${pull_number}`,
      body: { json: { state } },
    }),
  });
}

const PullRequest = z.looseObject({ id: z.string(), isDraft: z.boolean() });

/** GitHub's REST API has no request for this. */
function draftTool(slug: string, name: string, description: string, mutation: string): FunctionTool {
  return graphqlTool({
    slug,
    name,
    description,
    input: z.object({
      pull_request_id: z.string().min(1).describe('Global id of the pull request: `node_id` in its answers.'),
    }),
    output: z.looseObject({ pullRequest: PullRequest }),
    tags: ['idempotentHint', 'destructiveHint'],
    scopes: ['repo'],
    document: `mutation ($id: ID!) { ${mutation}(input: { pullRequestId: $id }) { pullRequest { id number url isDraft } } }`,
    variables: ({ pull_request_id }) => ({ id: pull_request_id }),
    answer: (data) => data[mutation] as Record<string, unknown>,
  });
}

export const stateTools: FunctionTool[] = [
  issueState(
    'GITHUB_CLOSE_ISSUE',
    'Close an issue',
    'Closes an issue, as done, not planned or a duplicate.',
    'closed',
  ),
  issueState('GITHUB_REOPEN_ISSUE', 'Reopen an issue', 'Opens an issue again that was closed.', 'open'),
  pullRequestState(
    'GITHUB_CLOSE_PULL_REQUEST',
    'Close a pull request',
    'Closes a pull request without merging it.',
    'closed',
  ),
  pullRequestState(
    'GITHUB_REOPEN_PULL_REQUEST',
    'Reopen a pull request',
    'Opens a pull request again that was closed and not merged.',
    'open',
  ),
  draftTool(
    'GITHUB_CONVERT_PULL_REQUEST_TO_DRAFT',
    'Convert pull request to draft',
    'Makes a draft of an open pull request, so that it cannot be merged yet.',
    'convertPullRequestToDraft',
  ),
  draftTool(
    'GITHUB_MARK_PULL_REQUEST_READY_FOR_REVIEW',
    'Mark pull request ready for review',
    'Takes a pull request out of draft and asks its reviewers.',
    'markPullRequestReadyForReview',
  ),
];
