import { isMetaTool } from '@patchbay/contracts';

/**
 * What a model is told about its session, in words for its system prompt: only of what the session
 * offers, as models invent answers for a tool that is named and missing.
 */
export function assistivePrompt(exposed: readonly string[], userTimezone: string | undefined): string {
  const has = (slug: string) => exposed.includes(slug);
  const direct = exposed.filter((slug) => !isMetaTool(slug));
  const steps = [
    has('COMPOSIO_SEARCH_TOOLS') &&
      'Begin each task with COMPOSIO_SEARCH_TOOLS and describe every action in plain English. It answers the slugs of the tools, their input schemas, and whether the accounts they need are connected. Never invent a slug or an argument; read missing schemas with COMPOSIO_GET_TOOL_SCHEMAS. Keep the id it answers in session.id and pass it on as session_id.',
    has('COMPOSIO_MANAGE_CONNECTIONS') &&
      'When a toolkit has no active connection, call COMPOSIO_MANAGE_CONNECTIONS and show the user its redirect_url as a link to click. Do not run tools of that toolkit before the user has signed in.',
    has('COMPOSIO_WAIT_FOR_CONNECTIONS') &&
      'After showing a link, COMPOSIO_WAIT_FOR_CONNECTIONS tells when the user has finished.',
    has('COMPOSIO_MULTI_EXECUTE_TOOL') &&
      'Run what was found with COMPOSIO_MULTI_EXECUTE_TOOL, independent calls together in one request. Ask the user before anything that deletes, sends or pays, unless they asked for exactly that.',
    has('COMPOSIO_REMOTE_WORKBENCH') &&
      'For many calls or large results write Python for COMPOSIO_REMOTE_WORKBENCH, and print only what you need to see; COMPOSIO_REMOTE_BASH_TOOL works on the same files. Small data stays in the conversation.',
    direct.length > 0 && `These tools can be called at once, without a search: ${listed(direct)}.`,
  ].filter((step) => step !== false);
  return [
    'You work for one user, with tools that act in the accounts which this user has connected.',
    ...steps.map((step, index) => `${index + 1}. ${step}`),
    ...(userTimezone
      ? [`The user's time zone is ${userTimezone}: mean it when they name a day or an hour.`]
      : []),
  ].join('\n');
}

const MAX_LISTED = 30;

function listed(slugs: readonly string[]): string {
  const rest = slugs.length - MAX_LISTED;
  return [...slugs.slice(0, MAX_LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])].join(', ');
}
