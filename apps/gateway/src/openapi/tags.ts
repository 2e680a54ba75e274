/** The headings of the document, in its order. */
export const TAGS: Record<string, string> = {
  Sessions: 'One user’s tools, accounts, MCP endpoint and workbench, by an id.',
  Execution: 'Running tools, in a session or directly, and requests of one’s own to a provider.',
  'Files of sessions': 'What the sandbox of a session sees under `/mnt/files`.',
  Tools: 'The catalogue of tools.',
  Toolkits: 'The catalogue of toolkits, each the tools of one provider.',
  'Custom toolkits': 'Toolkits that a project adds, from an OpenAPI document or an MCP server.',
  'Auth configs': 'How the accounts of a toolkit sign in, in one project.',
  'Connected accounts': 'Users’ sign-ins at toolkits.',
  Files: 'Files that tools are given and give.',
  Logs: 'The record: calls, timelines, usage, and who did what.',
  'MCP servers': 'The older way to tools by MCP: one address for all users of a project.',
  OAuth: 'How MCP clients without a key are let in: OAuth 2.1.',
  Project: 'The project of the key that asks.',
  Organisation: 'Projects and their keys, and what an operator looks after.',
  People: 'Who works with the platform: their roles, their keys, and the sign-in of command lines.',
  Health: 'Whether requests can be served.',
};
