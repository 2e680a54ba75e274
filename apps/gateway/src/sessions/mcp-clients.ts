/** Where clients find the project's API key: what is printed here is copied about, so it has no key in it. */
const KEY_VARIABLE = 'PATCHBAY_API_KEY';
const NAME = 'patchbay';

/** What a person gives a program so that it uses a session's MCP endpoint. */
export interface McpClientSetup {
  name: string;
  /** A file's whole text, to be merged where the file is there already, or a command for a shell. */
  kind: 'file' | 'command';
  /** Of the file: below the project, or below the user's home where it begins with `~`. */
  path?: string;
  content: string;
}

/**
 * The set-up of each program that we know, by its slug (docs/mcp-clients.md). The key comes from the environment variable
 * `PATCHBAY_API_KEY`, from a question of the program, or is written in by hand.
 * @param url the session's MCP endpoint
 */
export function mcpClients(url: string): Record<string, McpClientSetup> {
  const headers = (value: string) => ({ 'x-api-key': value });
  return {
    claude_code: {
      name: 'Claude Code',
      kind: 'command',
      content: `claude mcp add --transport http ${NAME} ${quoted(url)} --header "x-api-key: $${KEY_VARIABLE}"`,
    },
    claude_desktop: {
      name: 'Claude Desktop',
      kind: 'file',
      path: 'claude_desktop_config.json',
      content: json({
        mcpServers: {
          [NAME]: {
            command: 'npx',
            // It takes no headers for addresses: a bridge sends them. Without a space, which some systems would split at.
            args: ['-y', 'mcp-remote', url, '--header', `x-api-key:\${${KEY_VARIABLE}}`, ...plainHttp(url)],
            env: { [KEY_VARIABLE]: 'YOUR_API_KEY' },
          },
        },
      }),
    },
    codex: {
      name: 'Codex',
      kind: 'file',
      path: '~/.codex/config.toml',
      // A JSON string is a TOML string.
      content: [
        `[mcp_servers.${NAME}]`,
        `url = ${JSON.stringify(url)}`,
        `env_http_headers = { "x-api-key" = "${KEY_VARIABLE}" }`,
        '',
      ].join('\n'),
    },
    cursor: {
      name: 'Cursor',
      kind: 'file',
      path: '.cursor/mcp.json',
      content: json({ mcpServers: { [NAME]: { url, headers: headers(`\${env:${KEY_VARIABLE}}`) } } }),
    },
    gemini_cli: {
      name: 'Gemini CLI',
      kind: 'file',
      path: '~/.gemini/settings.json',
      content: json({ mcpServers: { [NAME]: { httpUrl: url, headers: headers(`$${KEY_VARIABLE}`) } } }),
    },
    vs_code: {
      name: 'VS Code',
      kind: 'file',
      path: '.vscode/mcp.json',
      content: json({
        inputs: [
          {
            type: 'promptString',
            id: 'patchbay-api-key',
            description: 'API key of Patchbay',
            password: true,
          },
        ],
        servers: { [NAME]: { type: 'http', url, headers: headers('${input:patchbay-api-key}') } },
      }),
    },
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

/** As one word of a shell. */
const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** The bridge takes plain HTTP only to this machine, unless it is told that the network is trusted. */
function plainHttp(url: string): string[] {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
    ? ['--allow-http']
    : [];
}
