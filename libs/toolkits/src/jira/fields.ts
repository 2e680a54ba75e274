import { z } from 'zod';
import { path, ToolFailure, type ToolHttp, type ToolRuntime } from '../tool-runtime.js';

export const READ = ['read:jira-work'];
export const WRITE = ['write:jira-work'];
export const API = '/rest/api/3';

export const issueKey = z.string().min(1).describe('Key of the issue, such as ENG-123, or its id.');
export const startAt = z.int().min(0).default(0).describe('How many to leave out at the beginning.');
export const maxResults = (fallback: number) =>
  z.int().min(1).max(100).default(fallback).describe('How many at most.');
export const expand = z.string().optional().describe('What more to tell, joined by commas.');
export const accountId = z.string().optional().describe('Account id of the person.');
export const personName = (does: string) =>
  z.string().optional().describe(`Name or address of the person ${does}, when the account id is not known.`);

export const Named = z.looseObject({ id: z.string().optional(), name: z.string().optional() });
export const User = z.looseObject({
  accountId: z.string(),
  displayName: z.string().optional(),
  emailAddress: z.string().optional(),
});

/** Where people see an issue. */
export function browserUrl({ account }: ToolRuntime, key: string): string | undefined {
  const site =
    account['site_url'] ?? (account['subdomain'] && `https://${account['subdomain']}.atlassian.net`);
  return site && `${site.replace(/\/$/, '')}/browse/${key}`;
}

/** Markdown as Jira's own documents. */
export const adfOf = ({ parse }: ToolRuntime, markdown: string) => parse('adf', { markdown });

/** @throws ToolFailure when no person, or more than one, has that name */
export async function findPerson(http: ToolHttp, name: string): Promise<string> {
  const found = z.array(User).parse(
    await http.request({
      method: 'GET',
      url: `${API}/user/search`,
      query: { query: name, maxResults: 10 },
    }),
  );
  const exact = found.filter(({ displayName, emailAddress }) =>
    [displayName, emailAddress].some((text) => text?.toLowerCase() === name.toLowerCase()),
  );
  const candidates = exact.length > 0 ? exact : found;
  const [person] = candidates;
  if (!person) throw new ToolFailure(`No user of this Jira is called ${name}.`);
  if (candidates.length > 1) {
    const names = candidates.map(({ displayName, accountId: id }) => `${displayName} (${id})`).join(', ');
    throw new ToolFailure(`Several people fit ${name}: ${names}. Give the account id.`);
  }
  return person.accountId;
}

/** @throws ToolFailure for what is no JSON object */
export function readObject(text: string | undefined, argument: string): Record<string, unknown> {
  if (!text) return {};
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new ToolFailure(`Invalid request data provided: ${argument}: must be a JSON object`);
  }
}

export const issuePath = (key: string) => API + path`/issue/${key}`;

export const account = (id: string | undefined) => (id === undefined ? undefined : { accountId: id });

/** Who is meant, by id or by name. */
export async function assigneeOf(
  { http }: ToolRuntime,
  given: { assignee?: string | undefined; assignee_name?: string | undefined },
) {
  return (
    given.assignee ?? (given.assignee_name && (await findPerson(http, given.assignee_name))) ?? undefined
  );
}
