export interface Snippet {
  name: string;
  text: string;
}

const json = (value: unknown, indent: number) =>
  JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${' '.repeat(indent)}`);

/** JSON as Python writes it. */
function python(value: unknown, indent: number): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = ' '.repeat(indent + 4);
  const parts = Array.isArray(value)
    ? value.map((item) => python(item, indent + 4))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${python(item, indent + 4)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return parts.length === 0
    ? `${open}${close}`
    : `${open}\n${parts.map((part) => `${inner}${part},\n`).join('')}${' '.repeat(indent)}${close}`;
}

/** For a shell: in single quotes, whatever is inside. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** Calling a tool in a session, in the languages that the SDKs have and without one. */
export function sessionSnippets(given: {
  baseUrl: string;
  sessionId: string;
  tool: string;
  args: unknown;
}): Snippet[] {
  const { baseUrl, sessionId, tool, args } = given;
  return [
    {
      name: 'TypeScript',
      text: `import { Composio } from '@composio/core';

const composio = new Composio({
  apiKey: process.env.PATCHBAY_API_KEY,
  baseURL: ${JSON.stringify(baseUrl)},
  allowTracking: false,
});

const session = await composio.use(${JSON.stringify(sessionId)});
const { data, error } = await session.execute(${JSON.stringify(tool)}, ${json(args, 0)});
console.log(error ?? data);
`,
    },
    {
      name: 'Python',
      text: `import os

from composio import Composio

composio = Composio(
    api_key=os.environ["PATCHBAY_API_KEY"],
    base_url=${JSON.stringify(baseUrl)},
    allow_tracking=False,
)

session = composio.use(session_id=${JSON.stringify(sessionId)})
result = session.execute(${JSON.stringify(tool)}, arguments=${python(args, 0)})
print(result.error or result.data)
`,
    },
    {
      name: 'curl',
      text: `curl -X POST ${quoted(`${baseUrl}/api/v3.1/tool_router/session/${sessionId}/execute`)} \\
  -H "x-api-key: $PATCHBAY_API_KEY" -H 'content-type: application/json' \\
  -d ${quoted(JSON.stringify({ tool_slug: tool, arguments: args }))}
`,
    },
  ];
}

/** Calling a tool for a user without a session. */
export function callSnippet(given: { baseUrl: string; tool: string; body: object }): string {
  return `curl -X POST ${quoted(`${given.baseUrl}/api/v3.1/tools/execute/${given.tool}`)} \\
  -H "x-api-key: $PATCHBAY_API_KEY" -H 'content-type: application/json' \\
  -d ${quoted(JSON.stringify(given.body))}
`;
}

/** Where a program takes a set-up by a click, its address: https://code.visualstudio.com/docs, https://docs.cursor.com. */
export function installAddress(client: string, content: string): string | undefined {
  try {
    const setup = JSON.parse(content) as Record<string, Record<string, object>> & { inputs?: unknown };
    if (client === 'cursor') {
      const [[name, config] = []] = Object.entries(setup['mcpServers'] ?? {});
      if (!name) return undefined;
      return `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(btoa(JSON.stringify(config)))}`;
    }
    if (client === 'vs_code') {
      const [[name, config] = []] = Object.entries(setup['servers'] ?? {});
      return `vscode:mcp/install?${encodeURIComponent(JSON.stringify({ name, ...config, inputs: setup.inputs }))}`;
    }
  } catch {
    // A set-up that is no JSON is for a file or a shell.
  }
  return undefined;
}

/** Making a trigger for a user. */
export function triggerSnippet(given: {
  baseUrl: string;
  slug: string;
  userId: string;
  config: object;
}): string {
  const body = { user_id: given.userId, trigger_config: given.config };
  return `curl -X POST ${quoted(`${given.baseUrl}/api/v3.1/trigger_instances/${given.slug}/upsert`)} \\
  -H "x-api-key: $PATCHBAY_API_KEY" -H 'content-type: application/json' \\
  -d ${quoted(JSON.stringify(body))}
`;
}

/** Watching a project's events without a server of one's own. */
export function eventsSnippet(baseUrl: string): string {
  return `curl -N ${quoted(`${baseUrl}/api/v3.1/triggers/events/tail`)} -H "x-api-key: $PATCHBAY_API_KEY"
`;
}
